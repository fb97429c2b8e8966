// A link that somebody holds, looked at: whose it is, and the step that it opens. Looking uses nothing up: scanners of mail open every link.
import type { Caller } from '#kernel/caller.ts'
import type { Instant } from '#kernel/instant.ts'
import { type Demands, readDemands, toSurroundings } from '#sign-in/demands-service.ts'
import { nextStep, type Step } from '#sign-in/next-step.ts'
import { type FoundLink, findLink } from '#sign-in/password-link.ts'
import { standingByLink } from '#sign-in/recovery-steps-service.ts'
import { findUser } from '#users/service.ts'
import type { User } from '#users/user.ts'
import { mayResetPassword } from '#users/user-status.ts'
import type { Deps } from '../deps.ts'

export interface LiveLink {
  readonly link: FoundLink
  readonly user: User
  readonly demands: Demands
  readonly step: Step
}

/** Undefined where it opens nothing. */
export async function readLink(
  deps: Pick<Deps, 'db' | 'config'>,
  caller: Pick<Caller, 'org'>,
  token: string,
  now: Instant,
): Promise<LiveLink | undefined> {
  const tx = deps.db.for(caller.org)
  const config = await deps.config.get(caller.org)
  const found = await deps.db.read(
    (function* () {
      const link = yield* findLink(tx, token, now)
      const user = link && (yield* findUser(tx, link.userId))
      if (!link || !user || !mayResetPassword(user.status)) return undefined
      return { link, user, demands: yield* readDemands(tx, { config, deviceHash: undefined }, user, now) }
    })(),
  )
  if (!found) return undefined
  const step = nextStep(standingByLink(found.link, now), toSurroundings(found.user, found.demands, now))
  return { ...found, step }
}
