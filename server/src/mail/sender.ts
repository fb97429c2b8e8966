// The sender of a node. It looks for mail soon after one was queued here, and every two seconds for what other nodes left behind or what
// is to be tried again. Orgs take turns, a mail each; no more mails are claimed at once than are sent at once, so that none waits for a
// connection while its lease runs.
import type { OrgId } from '#kernel/id.ts'
import { orgsWithDueMail } from '#orgs/service.ts'
import type { Outbox } from '../deps.ts'
import { type DeliveryDoors, deliver, takeDue } from './delivery.ts'
import { mailModeOf } from './service.ts'

const POLL_MILLISECONDS = 2_000
const ORGS_AT_ONCE = 1_000
const MAILS_AT_ONCE = 3
/** The answer to whoever made the mail goes first. */
const SOON_MILLISECONDS = 25
const STOP_MILLISECONDS = 5_000
/** For what was given up to be put back into the queue. */
const MARK_MILLISECONDS = 2_000

export interface MailSender extends Outbox {
  start(): void
  /**
   * One last look, for `patience` milliseconds; then nothing more is claimed, and what is still under way is given up and put back. What
   * is left is sent by another node or at the next start.
   */
  stop(patience?: number): Promise<void>
}

export function mailSender(deps: DeliveryDoors): MailSender {
  /** Whose mail is to be looked for, in turn. */
  const waiting = new Set<OrgId>()
  const workers = new Set<Promise<void>>()
  const timers = new Set<NodeJS.Timeout>()
  let polling: NodeJS.Timeout | undefined
  let isOver = false

  const onError = (error: unknown) => deps.log.error({ err: error }, 'the outbox could not be read; it is tried again')

  function look(orgs: readonly OrgId[]): void {
    for (const org of orgs) waiting.add(org)
    while (workers.size < MAILS_AT_ONCE && waiting.size > 0) {
      const worker = work().finally(() => workers.delete(worker))
      workers.add(worker)
    }
  }

  async function work(): Promise<void> {
    for (let org = next(); org !== undefined; org = next()) {
      try {
        const mail = await takeDue(deps, org)
        if (!mail) continue
        look([org])
        await deliver(deps, org, mail)
      } catch (error) {
        deps.log.error({ err: error, org }, 'mail could not be sent; it is tried again')
      }
    }
  }

  function next(): OrgId | undefined {
    const [org] = waiting
    if (org === undefined || isOver) return undefined
    waiting.delete(org)
    return org
  }

  async function poll(): Promise<void> {
    if (mailModeOf(deps) !== 'none') look(await orgsWithDueMail(deps.db, deps.now(), ORGS_AT_ONCE))
  }

  async function rest(): Promise<void> {
    await poll().catch(onError)
    while (workers.size > 0) await Promise.all(workers)
  }

  return {
    expect(org) {
      if (!polling) return
      const timer = setTimeout(() => {
        timers.delete(timer)
        look([org])
      }, SOON_MILLISECONDS).unref()
      timers.add(timer)
    },
    start() {
      polling = setInterval(() => void poll().catch(onError), POLL_MILLISECONDS).unref()
    },
    async stop(patience = STOP_MILLISECONDS) {
      clearInterval(polling)
      polling = undefined
      for (const timer of timers) clearTimeout(timer)
      const done = rest()
      await atMost(patience, done)
      isOver = true
      deps.mail?.close()
      await atMost(MARK_MILLISECONDS, done)
    },
  }
}

async function atMost(milliseconds: number, work: Promise<void>): Promise<void> {
  const over = Promise.withResolvers<void>()
  const timer = setTimeout(over.resolve, milliseconds)
  await Promise.race([work, over.promise])
  clearTimeout(timer)
}
