// The loop that sends what is queued: soon after a mail of this node, and every two seconds for what other nodes left behind or what is
// to be tried again. A round looks at a bounded number of orgs, in turn.
import type { OrgId } from '#kernel/id.ts'
import { allOrgIds } from '#orgs/service.ts'
import type { Outbox } from '../deps.ts'
import { type DeliveryDoors, deliverDue } from './delivery.ts'

const POLL_MILLISECONDS = 2_000
const ORGS_AT_ONCE = 100
const STOP_MILLISECONDS = 10_000
/** After a mail was sealed its unit commits in a few milliseconds, or on a busy machine a little later. */
const SOON_MILLISECONDS = [25, 500] as const

export interface MailSender extends Outbox {
  start(): void
  /** One last look, and for a while what is on its way is waited for; what is left is sent by another node or at the next start. */
  stop(): Promise<void>
}

export function mailSender(deps: DeliveryDoors): MailSender {
  const soon = new Set<OrgId>()
  const busy = new Map<OrgId, Promise<void>>()
  let timers: NodeJS.Timeout[] = []
  let polling: NodeJS.Timeout | undefined
  let after: OrgId | undefined

  /** One round for one org at a time; what comes while it runs is found by it, or by the next. */
  function work(org: OrgId): Promise<void> {
    const running = busy.get(org)
    if (running) return running
    const round = deliverDue(deps, org)
      .then(() => undefined)
      .catch((error: unknown) => deps.log.error({ err: error, org }, 'mail could not be sent; it is tried again'))
      .finally(() => busy.delete(org))
    busy.set(org, round)
    return round
  }

  async function workSoon(): Promise<void> {
    const orgs = [...soon]
    soon.clear()
    await Promise.all(orgs.map(work))
  }

  async function poll(): Promise<void> {
    const orgs = await allOrgIds(deps.db)
    const from = after === undefined ? 0 : orgs.findIndex((org) => after === undefined || org > after)
    const round = orgs.slice(Math.max(from, 0)).slice(0, ORGS_AT_ONCE)
    after = round.at(-1) === orgs.at(-1) ? undefined : round.at(-1)
    await Promise.all(round.map(work))
  }

  return {
    expect(org) {
      if (!polling) return
      for (const wait of SOON_MILLISECONDS) {
        const timer = setTimeout(() => {
          timers = timers.filter((one) => one !== timer)
          soon.add(org)
          void workSoon()
        }, wait).unref()
        timers.push(timer)
      }
    },
    start() {
      polling = setInterval(() => {
        poll().catch((error: unknown) => deps.log.error({ err: error }, 'the outbox could not be read'))
      }, POLL_MILLISECONDS).unref()
    },
    async stop() {
      clearInterval(polling)
      polling = undefined
      for (const timer of timers) clearTimeout(timer)
      const rest = Promise.all(busy.values()).then(poll)
      const onError = (error: unknown) => deps.log.error({ err: error }, 'the outbox could not be read')
      await Promise.race([
        rest.catch(onError),
        new Promise((resolve) => setTimeout(resolve, STOP_MILLISECONDS).unref()),
      ])
    },
  }
}
