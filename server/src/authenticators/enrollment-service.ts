// Factors come and go here. Whoever calls on behalf of the person themselves has made sure that they have proved who they are just now
// (`own-change.ts`): these services change credentials and don't ask.
import type { OrgDb } from '#db/org-db.ts'
import { refuseConflict } from '#db/refuse-conflict.ts'
import type { Unit } from '#db/unit.ts'
import { type Caller, personOf } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { DAY, type Instant, later, MINUTE } from '#kernel/instant.ts'
import { loginKey } from '#kernel/login-key.ts'
import { invalid, notFound, Refusal } from '#kernel/refusal.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import { assertMayChange } from '#roles/service.ts'
import { logChange } from '#system-log/service.ts'
import { getUser } from '#users/service.ts'
import { displayNameOf, type User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { type Completed, checkActivation, ENROLLING } from './check-activation.ts'
import type { Asked } from './check-proof.ts'
import { rpIdOf } from './expectations.ts'
import type { EmailFactor, Factor, FactorKey, TotpFactor, WebAuthnFactor } from './factor.ts'
import { factorChanged, factorsReset } from './factor-events.ts'
import { qrToken, sealSecret } from './factor-secret.ts'
import { alreadySetUp, assertRoomFor, FACTOR_IDS } from './new-factor.ts'
import { CODE_LIFETIME, codeHash, newCode, RESEND_AFTER } from './one-time-code.ts'
import type {
  ActivationOutcome,
  ActivationProof,
  BegunEnrollment,
  EnrollmentDraft,
  Failure,
  UserVerification,
} from './proof.ts'
import { answerKey, checkQuestion } from './question.ts'
import type { FactorDoors } from './service.ts'
import {
  activateRow,
  claimChallenge,
  deleteFactor,
  deleteFactors,
  insertFactor,
  putChallenge,
  replaceSecret,
  type StoredFactor,
  selectFactors,
  takeMail,
  takePending,
  takeTries,
} from './store.ts'
import { base32, newSeed, otpauthUri } from './totp.ts'
import { ALGORITHMS, challengeOf } from './webauthn.ts'

/** How long a factor may wait for its activation. */
export const PENDING_LIFETIME = DAY
const CEREMONY = 5 * MINUTE
const ADDRESS = 'email'

type Draft<Key extends FactorKey> = Extract<EnrollmentDraft, { readonly key: Key }>

/**
 * A factor of the person's, pending until it is activated; a question, and what an administrator vouches for, is active at once. One of
 * the same key that was pending is replaced, with its tries.
 * @throws {Refusal} validation_failed for one that is set up already, a bad answer, a person without an e-mail address; email_too_soon;
 * forbidden where the caller may not change the person
 */
export function beginEnrollment(
  deps: FactorDoors,
  caller: Caller,
  user: User,
  draft: EnrollmentDraft,
): Promise<BegunEnrollment> {
  switch (draft.key) {
    case 'google_totp':
    case 'okta_totp':
      return beginTotp(deps, caller, user, draft.key)
    case 'email':
      return beginEmail(deps, caller, user, draft)
    case 'question':
      return enrollQuestion(deps, caller, user, draft)
    case 'webauthn':
      return beginWebAuthn(deps, caller, user, draft)
  }
}

async function beginTotp(
  deps: FactorDoors,
  caller: Caller,
  user: User,
  key: TotpFactor['key'],
): Promise<BegunEnrollment> {
  const { org } = await deps.config.get(caller.org)
  const base = { ...begun(deps, user, key), kind: 'totp', profile: { credentialId: user.login } } as const
  const factor: TotpFactor =
    key === 'google_totp' ? { ...base, key, provider: 'GOOGLE' } : { ...base, key, provider: 'OKTA' }
  const seed = newSeed(deps.random)
  const sealed = sealSecret(org, factor, Buffer.from(seed).toString('base64url'), deps.random)
  await keep(deps, caller, user, { factor, sealed, counter: 0 })
  const sharedSecret = base32(seed)
  const uri = otpauthUri(org.name, user.login, sharedSecret)
  return { factor, activation: { kind: 'totp', sharedSecret, uri, qrToken: qrToken(org.dataKey, factor) } }
}

async function beginEmail(
  deps: FactorDoors,
  caller: Caller,
  user: User,
  { email: named, activate = false, lifetime = CODE_LIFETIME }: Draft<'email'>,
): Promise<BegunEnrollment> {
  const { email } = user.profile
  if (typeof email !== 'string' || email === '')
    throw invalid('factorEnrollRequest', 'email: The person has no e-mail address.')
  if (named !== undefined && loginKey(named) !== loginKey(email))
    throw invalid('factorEnrollRequest', "email: Codes go to the person's primary e-mail address alone.")
  const base = begun(deps, user, ADDRESS)
  const status = activate ? 'ACTIVE' : 'PENDING_ACTIVATION'
  const factor: EmailFactor = { ...base, key: ADDRESS, kind: 'email', provider: 'OKTA', status, profile: { email } }
  const stored = { factor, sealed: undefined, counter: 0 }
  if (activate) {
    await keep(deps, caller, user, stored)
    return { factor }
  }
  const mail = await newMail(deps, caller, user, factor, lifetime)
  await keep(deps, caller, user, stored, function* (tx) {
    if (!(yield* mail.queue(tx))) throw new Refusal('email_too_soon')
  })
  return { factor, activation: { kind: 'email', expires: mail.expires } }
}

async function enrollQuestion(
  deps: FactorDoors,
  caller: Caller,
  user: User,
  { question, answer }: Draft<'question'>,
): Promise<BegunEnrollment> {
  const { org } = await deps.config.get(caller.org)
  const profile = checkQuestion(question, answer, user.login)
  const hash = await deps.hasher.hash(answerKey(answer))
  const base = begun(deps, user, 'question')
  const factor: Factor = { ...base, key: 'question', kind: 'question', provider: 'OKTA', status: 'ACTIVE', profile }
  await keep(deps, caller, user, { factor, sealed: sealSecret(org, factor, hash, deps.random), counter: 0 })
  return { factor }
}

async function beginWebAuthn(
  deps: FactorDoors,
  caller: Caller,
  user: User,
  { userVerification = 'preferred', name = 'Security key or passkey' }: Draft<'webauthn'>,
): Promise<BegunEnrollment> {
  const { org } = await deps.config.get(caller.org)
  const rpId = rpIdOf(org)
  const factor: WebAuthnFactor = {
    ...begun(deps, user, 'webauthn'),
    key: 'webauthn',
    kind: 'webauthn',
    provider: 'FIDO',
    profile: { authenticatorName: name, rpId, transports: [] },
  }
  const challenge = randomToken(deps.random)
  const expires = later(factor.created, CEREMONY)
  const others = await keep(deps, caller, user, { factor, sealed: undefined, counter: 0 }, (tx) =>
    putChallenge(tx, { ...placeOf(factor), hash: tokenHash(challenge), expires, facts: { userVerification } }),
  )
  const excludeCredentials = others.flatMap((other) =>
    other.kind === 'webauthn' && other.profile.credentialId !== undefined && other.profile.rpId === rpId
      ? [{ type: 'public-key' as const, id: other.profile.credentialId }]
      : [],
  )
  const options = {
    rp: { id: rpId, name: org.name },
    user: { id: user.id, name: user.login, displayName: displayNameOf(user) },
    challenge,
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })),
    excludeCredentials,
    attestation: 'direct' as const,
    authenticatorSelection: { userVerification, requireResidentKey: false as const },
    u2fParams: { appid: new URL(org.url).origin },
  }
  return { factor, activation: { kind: 'webauthn', options, expires } }
}

/** What every factor has from the beginning. */
function begun(deps: Pick<Deps, 'now' | 'random'>, user: User, key: FactorKey) {
  const now = deps.now()
  const id = newId(FACTOR_IDS[key], now, deps.random)
  return { id, userId: user.id, status: 'PENDING_ACTIVATION' as const, created: now, lastUpdated: now }
}

/** Keeps the new factor, with what has to be kept beside it; answers the person's others. */
async function keep(
  deps: FactorDoors,
  caller: Caller,
  user: User,
  stored: StoredFactor,
  beside?: (tx: OrgDb) => Unit<void>,
): Promise<readonly Factor[]> {
  const { factor } = stored
  const kept = deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    yield* mayChange(tx, caller, user.id)
    const others = (yield* selectFactors(tx, user.id)).map((other) => other.factor)
    assertRoomFor(factor.key, others)
    const guard = yield* takePending(tx, user.id, factor.key)
    yield* insertFactor(tx, stored, guard)
    if (beside) yield* beside(tx)
    if (factor.status === 'ACTIVE') yield* logChange(tx, deps, caller, factorChanged(caller, 'activate', user, factor))
    return others
  })
  return refuseConflict(kept, alreadySetUp)
}

/** Whoever is signing in is no caller yet; whoever is one is asked. @throws {Refusal} not_found, forbidden */
function* mayChange(tx: OrgDb, caller: Caller, userId: string): Unit<void> {
  yield* getUser(tx, userId)
  if (personOf(caller)) yield* assertMayChange(tx, caller, userId)
}

const placeOf = ({ userId, id }: Factor) => ({ userId, target: id, binding: tokenHash(ENROLLING) })

async function newMail(deps: FactorDoors, caller: Caller, user: User, factor: EmailFactor, lifetime: number) {
  const { org } = await deps.config.get(caller.org)
  const now = deps.now()
  const expires = later(now, lifetime)
  const code = newCode(deps.random)
  const hash = codeHash(org.dataKey, { factorId: factor.id, binding: ENROLLING }, code)
  return {
    expires,
    /** False where another was mailed a moment ago. */
    *queue(tx: OrgDb): Unit<boolean> {
      if (!(yield* takeMail(tx, factor, now, RESEND_AFTER))) return false
      yield* putChallenge(tx, { ...placeOf(factor), hash, expires, facts: {} })
      yield* deps.queueCode(tx, caller, { user, email: factor.profile.email, code, purpose: 'enroll', expires })
      return true
    },
  }
}

/** Mails the code of a pending factor again. @throws {Refusal} not_found, validation_failed for one that has no codes by mail */
export async function resendActivation(
  deps: FactorDoors,
  caller: Caller,
  user: User,
  factorId: string,
): Promise<{ readonly kind: 'sent'; readonly factor: Factor } | { readonly kind: 'too-soon' }> {
  const { factor } = await pendingOf(deps, caller, user, factorId)
  if (factor.kind !== 'email')
    throw invalid('factorResendRequest', 'factorType: Only the code of a factor by e-mail can be sent again.')
  const mail = await newMail(deps, caller, user, factor, CODE_LIFETIME)
  const tx = deps.db.for(caller.org)
  const sent = await deps.db.write(function* () {
    yield* mayChange(tx, caller, user.id)
    return yield* mail.queue(tx)
  })
  return sent ? { kind: 'sent', factor } : { kind: 'too-soon' }
}

/**
 * The person shows that the pending factor is theirs. A try is reserved before anything is compared, as for a proof.
 * @throws {Refusal} not_found, forbidden; validation_failed where it is active, or another has become so, or somebody has that key
 */
export async function activateFactor(
  deps: FactorDoors,
  caller: Caller,
  user: User,
  factorId: string,
  proof: ActivationProof,
): Promise<ActivationOutcome> {
  const config = await deps.config.get(caller.org)
  const now = deps.now()
  const stored = await pendingOf(deps, caller, user, factorId)
  if (later(stored.factor.created, PENDING_LIFETIME) <= now) return { kind: 'expired' }
  const tx = deps.db.for(caller.org)
  const reserved = await deps.db.write(() => reserve(tx, stored.factor, proof, now), { isolation: 'readCommitted' })
  if (!reserved) return { kind: 'exhausted' }
  const checked = await checkActivation(deps, config, stored, { proof, now, ...reserved })
  if (checked.kind !== 'completed') return checked
  const failure = await refuseConflict(
    deps.db.write(() => complete(tx, deps, caller, user, checked, now)),
    (columns) => (columns.includes('credential_id') ? takenKey() : alreadySetUp()),
  )
  return failure ?? { kind: 'activated', factor: checked.stored.factor }
}

const takenKey = () => invalid('factorActivateRequest', 'This security key or passkey is set up already.')

interface Reserved {
  readonly challenge: Asked | undefined
}

function* reserve(tx: OrgDb, factor: Factor, proof: ActivationProof, now: Instant): Unit<Reserved | undefined> {
  const taken = yield* takeTries(tx, factor.userId, [factor.id], now)
  if (taken.length === 0) return undefined
  const text = proof.kind === 'attestation' ? challengeOf(proof.clientData) : undefined
  const kept = text === undefined ? undefined : yield* claimChallenge(tx, placeOf(factor), tokenHash(text))
  if (text === undefined || !kept) return { challenge: undefined }
  const { userVerification } = kept.facts as { readonly userVerification: UserVerification }
  return { challenge: { text, expires: kept.expires, userVerification } }
}

function* complete(
  tx: OrgDb,
  deps: FactorDoors,
  caller: Caller,
  user: User,
  { stored, code }: Completed,
  now: Instant,
): Unit<Failure | undefined> {
  yield* mayChange(tx, caller, user.id)
  if (code) {
    const kept = yield* claimChallenge(tx, code.place, code.hash)
    if (!kept) return { kind: 'no-challenge' }
    if (kept.expires <= now) return { kind: 'expired' }
  }
  if (!(yield* activateRow(tx, stored))) throw alreadySetUp()
  yield* logChange(tx, deps, caller, factorChanged(caller, 'activate', user, stored.factor))
  return undefined
}

/** @throws {Refusal} not_found; validation_failed where it is active already */
async function pendingOf(deps: FactorDoors, caller: Caller, user: User, factorId: string): Promise<StoredFactor> {
  const all = await deps.db.read(selectFactors(deps.db.for(caller.org), user.id))
  const stored = all.find(({ factor }) => factor.id === factorId)
  if (!stored) throw notFound(factorId, 'UserFactor')
  if (stored.factor.status === 'ACTIVE') throw invalid('factorActivateRequest', 'The factor is already active.')
  return stored
}

/** Another question or answer in the place of the old. @throws {Refusal} not_found, validation_failed, forbidden */
export async function changeQuestion(
  deps: FactorDoors,
  caller: Caller,
  user: User,
  factorId: string,
  { question, answer }: Pick<Draft<'question'>, 'question' | 'answer'>,
): Promise<Factor> {
  const { org } = await deps.config.get(caller.org)
  const profile = checkQuestion(question, answer, user.login)
  const hash = await deps.hasher.hash(answerKey(answer))
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  return deps.db.write(function* () {
    yield* mayChange(tx, caller, user.id)
    const stored = (yield* selectFactors(tx, user.id)).find(({ factor }) => factor.id === factorId)
    if (stored?.factor.kind !== 'question') throw notFound(factorId, 'UserFactor')
    const factor = { ...stored.factor, profile, lastUpdated: now }
    const sealed = sealSecret(org, factor, hash, deps.random)
    yield* replaceSecret(tx, { ...stored, factor, sealed })
    yield* logChange(tx, deps, caller, factorChanged(caller, 'update', user, factor))
    return factor
  })
}

/** With its event, unless nobody had activated it. @throws {Refusal} not_found, forbidden */
export function* removeFactor(
  tx: OrgDb,
  deps: Pick<Deps, 'now' | 'random'>,
  caller: Caller,
  user: User,
  factorId: string,
): Unit<void> {
  yield* mayChange(tx, caller, user.id)
  const factor = yield* deleteFactor(tx, user.id, factorId)
  if (!factor) throw notFound(factorId, 'UserFactor')
  if (factor.status === 'ACTIVE') yield* logChange(tx, deps, caller, factorChanged(caller, 'deactivate', user, factor))
}

/** All of them, with one event; nothing where there is none. @throws {Refusal} not_found, forbidden */
export function* resetFactors(tx: OrgDb, deps: Pick<Deps, 'now' | 'random'>, caller: Caller, user: User): Unit<void> {
  yield* mayChange(tx, caller, user.id)
  const factors = yield* deleteFactors(tx, user.id)
  if (factors.length > 0) yield* logChange(tx, deps, caller, factorsReset(caller, user, factors))
}
