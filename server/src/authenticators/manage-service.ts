// Factors as the API changes them: by administrators, and by people with their own session. A session alone changes nothing unless its
// person has proved who they are a moment ago, with a factor where they have one: otherwise whoever finds a browser open, or has learnt a
// password, would make a lasting way in.
import { type Caller, personOf } from '#kernel/caller.ts'
import { permits } from '#kernel/permission.ts'
import { invalid, notFound, Refusal } from '#kernel/refusal.ts'
import { equalText } from '#kernel/secret.ts'
import { assertMayChange } from '#roles/service.ts'
import { findSession } from '#sessions/service.ts'
import { readUser } from '#users/service.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { activateFactor, resendActivation } from './activation-service.ts'
import { changeQuestion, removeFactor, resetFactors } from './change-service.ts'
import { type Enrollable, enrollable, type FactorDemands } from './enrollable.ts'
import { beginEnrollment } from './enrollment-service.ts'
import type { Factor } from './factor.ts'
import { failureRefusal } from './factor-refusal.ts'
import { openSecret, qrToken } from './factor-secret.ts'
import { decideOwnChange, type OwnChange, type OwnSession } from './own-change.ts'
import type { ActivationOutcome, ActivationProof, BegunEnrollment, Challenge, EnrollmentDraft, Proof } from './proof.ts'
import { qrPng } from './qr-code.ts'
import { challengeFactor, factorsOf, verifyFactor } from './service.ts'
import { selectFactors } from './store.ts'
import { base32, otpauthUri } from './totp.ts'

/** What the org's policy lets a person enrol. */
export type DemandsFor = (caller: Caller, user: User) => Promise<FactorDemands>

/** @throws {Refusal} forbidden, not_found */
export async function listFactors(
  deps: Deps,
  caller: Caller,
  name: string,
): Promise<{ readonly user: User; readonly factors: readonly Factor[] }> {
  const user = await readUser(deps, caller, name)
  return { user, factors: await deps.db.read(factorsOf(deps.db.for(caller.org), user.id)) }
}

/** @throws {Refusal} forbidden, not_found */
export async function getFactor(deps: Deps, caller: Caller, name: string, id: string): Promise<Factor> {
  const { factors } = await listFactors(deps, caller, name)
  return factors.find((factor) => factor.id === id) ?? missing(id)
}

/** @throws {Refusal} forbidden, not_found */
export async function listEnrollable(
  deps: Deps,
  caller: Caller,
  name: string,
  demandsFor: DemandsFor,
): Promise<{ readonly user: User; readonly list: readonly Enrollable[] }> {
  const { user, factors } = await listFactors(deps, caller, name)
  return { user, list: enrollable(factors, await demandsFor(caller, user)) }
}

/** @throws {Refusal} forbidden, not_found, operation_not_allowed, validation_failed, email_too_soon */
export async function enroll(
  deps: Deps,
  caller: Caller,
  name: string,
  draft: EnrollmentDraft,
  demandsFor: DemandsFor,
): Promise<BegunEnrollment> {
  const user = await personToChange(deps, caller, name)
  // To vouch for an address is the administrators': people show that theirs reaches them.
  if (caller.actor.kind === 'session' && draft.key === 'email' && draft.activate) throw new Refusal('forbidden')
  if ((await demandsFor(caller, user))[draft.key] === 'NOT_ALLOWED')
    throw invalid(
      'factorEnrollRequest',
      "factorType: The person's policy doesn't let them set up a factor of this type.",
    )
  return beginEnrollment(deps, caller, user, draft)
}

/** @throws {Refusal} as `enroll`, and what a wrong proof is refused with */
export async function activate(
  deps: Deps,
  caller: Caller,
  name: string,
  id: string,
  proof: ActivationProof,
): Promise<Factor> {
  const outcome = await tryActivation(deps, caller, name, id, proof)
  if (outcome.kind !== 'activated') throw failureRefusal(outcome)
  return outcome.factor
}

/** The same for a face with words of its own for a wrong proof. @throws {Refusal} as `enroll` */
export async function tryActivation(
  deps: Deps,
  caller: Caller,
  name: string,
  id: string,
  proof: ActivationProof,
): Promise<ActivationOutcome> {
  const user = await personToChange(deps, caller, name)
  return activateFactor(deps, caller, user, id, proof)
}

/** @throws {Refusal} as `enroll` */
export async function resend(deps: Deps, caller: Caller, name: string, id: string): Promise<Factor> {
  const user = await personToChange(deps, caller, name)
  const outcome = await resendActivation(deps, caller, user, id)
  if (outcome.kind === 'too-soon') throw new Refusal('email_too_soon')
  return outcome.factor
}

/** @throws {Refusal} as `enroll` */
export async function replaceQuestion(
  deps: Deps,
  caller: Caller,
  name: string,
  id: string,
  question: { readonly question: string; readonly answer: string },
): Promise<Factor> {
  return changeQuestion(deps, caller, await personToChange(deps, caller, name), id, question)
}

/** @throws {Refusal} forbidden, not_found */
export async function remove(deps: Deps, caller: Caller, name: string, id: string): Promise<void> {
  const user = await readUser(deps, caller, name)
  await assertMayChangeFactors(deps, caller, user)
  await removeFactor(deps, caller, user, id)
}

/** @throws {Refusal} forbidden, not_found */
export async function reset(deps: Deps, caller: Caller, name: string): Promise<void> {
  const user = await readUser(deps, caller, name)
  await assertMayChangeFactors(deps, caller, user)
  await resetFactors(deps, caller, user)
}

/** @throws {Refusal} forbidden, not_found, operation_not_allowed, email_too_soon; validation_failed for a factor that is proved without */
export async function challenge(
  deps: Deps,
  caller: Caller,
  name: string,
  id: string,
  lifetime: number | undefined,
): Promise<Exclude<Challenge, { kind: 'needless' | 'too-soon' }>> {
  const user = await personToProve(deps, caller, name)
  const wish = { binding: bindingOf(caller), ...(lifetime === undefined ? {} : { lifetime }) }
  const asked = await challengeFactor(deps, caller, user, { factorId: id }, wish)
  if (asked.kind === 'too-soon') throw new Refusal('email_too_soon')
  if (asked.kind !== 'needless') return asked
  const field = asked.factors[0]?.kind === 'question' ? 'answer' : 'passCode'
  throw invalid(field, `${field}: The field cannot be left blank`)
}

/** @throws {Refusal} forbidden, not_found, operation_not_allowed, and what a wrong proof is refused with */
export async function verify(deps: Deps, caller: Caller, name: string, id: string, proof: Proof): Promise<void> {
  const user = await personToProve(deps, caller, name)
  const bound = { binding: bindingOf(caller) }
  const outcome = await verifyFactor(deps, caller, user, { factorId: id }, proof, bound)
  if (outcome.kind !== 'verified') throw failureRefusal(outcome)
}

/** The picture of a pending factor's seed, for a page that shows it. @throws {Refusal} not_found */
export async function readQrCode(deps: Deps, caller: Caller, row: { userId: string; id: string }, token: string) {
  const { org } = await deps.config.get(caller.org)
  if (!equalText(token, qrToken(org.dataKey, row))) throw notFound(row.id, 'UserFactor')
  const stored = (await deps.db.read(selectFactors(deps.db.for(caller.org), row.userId))).find(
    ({ factor }) => factor.id === row.id,
  )
  if (stored?.factor.kind !== 'totp' || stored.factor.status !== 'PENDING_ACTIVATION') return missing(row.id)
  const seed = Buffer.from(openSecret(org, row, stored.sealed), 'base64url')
  return qrPng(otpauthUri(org.name, stored.factor.profile.credentialId, base32(seed)))
}

async function personToChange(deps: Deps, caller: Caller, name: string): Promise<User> {
  const user = await readUser(deps, caller, name)
  await assertMayChangeFactors(deps, caller, user)
  return inUse(user)
}

async function personToProve(deps: Deps, caller: Caller, name: string): Promise<User> {
  const user = await readUser(deps, caller, name)
  if (caller.actor.kind !== 'session') assertAdministers(caller)
  // Tries are the person's: whoever uses them up keeps the person out.
  await deps.db.read(assertMayChange(deps.db.for(caller.org), caller, user.id))
  return inUse(user)
}

const SENTENCES: Readonly<Record<Exclude<OwnChange, 'allowed'>, string>> = {
  'sign-in-again': 'Sign in again to change how you sign in: your last sign-in is more than 15 minutes ago.',
  'factor-needed': 'Sign in with one of your factors to change how you sign in.',
}

/** What a session of the person's may change of their factors now. */
export async function ownChangeOf(
  deps: Pick<Deps, 'db' | 'now'>,
  caller: Caller,
  session: OwnSession,
  user: Pick<User, 'id'>,
): Promise<OwnChange> {
  const factors = await deps.db.read(factorsOf(deps.db.for(caller.org), user.id))
  return decideOwnChange(session, factors, deps.now())
}

async function assertMayChangeFactors(deps: Deps, caller: Caller, user: User): Promise<void> {
  const { actor } = caller
  if (actor.kind !== 'session') return assertAdministers(caller)
  const session = await deps.db.read(findSession(deps.db.for(caller.org), actor.sessionId))
  if (!session) throw new Refusal('invalid_session')
  const decision = await ownChangeOf(deps, caller, session, user)
  if (decision !== 'allowed') throw new Refusal('forbidden', { causes: [SENTENCES[decision]] })
}

function assertAdministers(caller: Caller): void {
  if (!permits(personOf(caller)?.roles ?? [], 'okta.users.manage')) throw new Refusal('forbidden')
}

function inUse(user: User): User {
  if (user.status === 'DEPROVISIONED' || user.status === 'SUSPENDED') throw new Refusal('operation_not_allowed')
  return user
}

/** An answer counts for whoever asked. */
function bindingOf({ actor }: Caller): string {
  switch (actor.kind) {
    case 'api-token':
      return `api-token ${actor.tokenId}`
    case 'console':
      return `console ${actor.consoleSessionId}`
    case 'session':
      return `session ${actor.sessionId}`
    default:
      return actor.kind
  }
}

function missing(id: string): never {
  throw notFound(id, 'UserFactor')
}
