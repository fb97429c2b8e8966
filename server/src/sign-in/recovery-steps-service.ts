// Steps of whoever came by a link: the answer to the recovery question, another password, the end of a lockout. The link is used up by the
// last of them, in the same unit; until then it stays what it is.
import type { Caller } from '#kernel/caller.ts'
import type { Instant } from '#kernel/instant.ts'
import { Refusal } from '#kernel/refusal.ts'
import { logChange } from '#system-log/service.ts'
import { hashPassword, type NewPassword, repeatedFault, reuseFault } from '#users/new-password-service.ts'
import { sealNotice } from '#users/notice-mail-service.ts'
import { answerKey } from '#users/recovery-question.ts'
import { acceptChosenPassword, unlockBySelf } from '#users/recovery-service.ts'
import { findUser, readAnswerHash } from '#users/service.ts'
import { actorOf, targetOf } from '#users/user.ts'
import { isFirstPassword } from '#users/user-status.ts'
import type { Deps } from '../deps.ts'
import { type At, advance, begin, finish, type Open, type Place, renew, type Situation } from './engine-service.ts'
import type { Interaction } from './interaction.ts'
import type { LinkKind } from './link-path.ts'
import { claimLink, type FoundLink, forgetAnswers, isLinkGood, takeAnswer } from './password-link.ts'
import type { PasswordChange } from './password-steps.ts'
import { newStanding, type Purpose, proofOf, proved, type Standing } from './standing.ts'

const PURPOSES: Readonly<Record<LinkKind, Purpose>> = {
  recovery: 'recovery',
  activation: 'activation',
  unlock: 'unlock',
}

/** What somebody has who holds a link and nothing else. */
export const standingByLink = ({ kind, tokenHash }: FoundLink, at: Instant): Standing => ({
  ...newStanding(PURPOSES[kind], { kind: 'link', at, linkHash: tokenHash }),
  wantsWarning: true,
})

/** Begins with a living link. @throws {Refusal} invalid_token where its person is gone */
export async function beginByLink(
  deps: Deps,
  caller: Caller,
  place: Place,
  link: FoundLink,
  continuation: Interaction,
  wishes: Partial<Pick<Standing, 'wantsWarning' | 'wantsOptionalFactors'>> = {},
): Promise<Situation> {
  const user = await deps.db.read(findUser(deps.db.for(caller.org), link.userId))
  if (!user) throw new Refusal('invalid_token')
  return begin(deps, caller, place, {
    user,
    standing: { ...standingByLink(link, deps.now()), ...wishes },
    continuation,
  })
}

export type Answered = { readonly kind: 'right'; readonly situation: Open } | { readonly kind: 'wrong' | 'exhausted' }

/**
 * @throws {Refusal} invalid_token where the link is used up; rate_limited where too many hashes wait; wrong_state where another answer
 * came first
 */
export async function answerQuestion(
  deps: Deps,
  caller: Caller,
  at: At<'answer-question'>,
  answer: string,
): Promise<Answered> {
  const tx = deps.db.for(caller.org)
  const userId = at.user.id
  const { linkHash = '' } = proofOf(at.kept.standing, 'link') ?? {}
  const now = deps.now()
  const isReserved = await deps.db.write(
    function* () {
      if (!(yield* isLinkGood(tx, linkHash, now))) throw new Refusal('invalid_token')
      return yield* takeAnswer(tx, userId, now)
    },
    { isolation: 'readCommitted' },
  )
  if (!isReserved) return { kind: 'exhausted' }
  const hash = await deps.db.read(readAnswerHash(tx, userId))
  // The length first: folding a text costs the square of the accents that follow one another.
  const isRight = await deps.hasher.verify(answer.length > ANSWER_MAX ? '' : answerKey(answer), hash)
  if (!isRight) return { kind: 'wrong' }
  const standing = proved(at.kept.standing, { kind: 'answer', at: deps.now() })
  return { kind: 'right', situation: await advance(deps, caller, at, standing, () => forgetAnswers(tx, userId)) }
}

const ANSWER_MAX = 255

/**
 * The password of the person's choice. Whatever the old one had opened ends with it; this sign-in goes on as somebody who has just proved
 * the new one.
 * @throws {Refusal} invalid_token where the link is used up; rate_limited where too many hashes wait; wrong_state
 */
export async function choosePassword(
  deps: Deps,
  caller: Caller,
  at: At<'choose-password'>,
  chosen: NewPassword,
): Promise<PasswordChange> {
  const { user, demands, kept } = at
  const fault =
    (await repeatedFault(demands.password, chosen, user)) ??
    (await reuseFault(deps, caller, demands.password, user.id, chosen.password))
  if (fault !== undefined) return { kind: 'refused', fault }
  const hashed = await hashPassword(deps, demands.password, chosen.password)
  const notice = isFirstPassword(user) ? undefined : await sealNotice(deps, caller, 'password-changed', user)
  const now = deps.now()
  const { linkHash = '' } = proofOf(kept.standing, 'link') ?? {}
  const standing = proved(kept.standing, { kind: 'password', at: now, passwordChanged: now })
  const situation = await renew(deps, caller, at, standing, function* (tx) {
    if (!(yield* claimLink(tx, linkHash, now))) throw new Refusal('invalid_token')
    const current = yield* findUser(tx, user.id)
    if (!current) return false
    const event = { eventType: 'user.account.use_token', actor: actorOf(current), targets: [targetOf(current)] }
    yield* logChange(tx, deps, caller, event)
    return yield* acceptChosenPassword(tx, deps, caller, current, { chosen: hashed, notice, now })
  })
  if (notice) deps.outbox.expect(caller.org)
  return { kind: 'changed', situation }
}

/** Ends the lockout, and the sign-in with it: the person begins anew. @throws {Refusal} invalid_token where the link is used up; wrong_state */
export async function unlock(deps: Deps, caller: Caller, at: At<'unlocked'>): Promise<void> {
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  const { linkHash = '' } = proofOf(at.kept.standing, 'link') ?? {}
  await deps.db.write(function* () {
    if (!(yield* finish(tx, at))) throw new Refusal('wrong_state')
    if (!(yield* claimLink(tx, linkHash, now))) throw new Refusal('invalid_token')
    const user = yield* findUser(tx, at.user.id)
    if (user) yield* unlockBySelf(tx, deps, caller, user, now)
  })
}
