// Factors begin here. Whoever calls on behalf of the person themselves has made sure that they have proved who they are just now
// (`own-change.ts`): these services change credentials and don't ask.
import type { OrgDb } from '#db/org-db.ts'
import { refuseConflict } from '#db/refuse-conflict.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { later, MINUTE } from '#kernel/instant.ts'
import { loginKey } from '#kernel/login-key.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import { queueMail } from '#mail/service.ts'
import { logChange } from '#system-log/service.ts'
import { sealNotice } from '#users/notice-mail-service.ts'
import { getUser } from '#users/service.ts'
import { displayNameOf, type User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { rpIdOf } from './expectations.ts'
import type { EmailFactor, Factor, FactorKey, TotpFactor, WebAuthnFactor } from './factor.ts'
import { factorChanged } from './factor-events.ts'
import { qrToken, sealSecret } from './factor-secret.ts'
import { alreadySetUp, assertRoomFor, FACTOR_IDS } from './new-factor.ts'
import { factorName } from './offers.ts'
import { CODE_LIFETIME } from './one-time-code.ts'
import { assertCallerMayChange, newMail, placeOf } from './pending-factor.ts'
import type { BegunEnrollment, EnrollmentDraft } from './proof.ts'
import { answerKey, checkQuestion } from './question.ts'
import type { FactorDoors } from './service.ts'
import { insertFactor, putChallenge, type StoredFactor, selectFactors, takePending } from './store.ts'
import { base32, newSeed, otpauthUri } from './totp.ts'
import { ALGORITHMS } from './webauthn.ts'

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
  if (named !== undefined && loginKey(named) !== loginKey(email)) throw notTheirs()
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
  deps.outbox.expect(caller.org)
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

const notTheirs = () => invalid('factorEnrollRequest', "email: Codes go to the person's primary e-mail address alone.")

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
  const notice =
    factor.status === 'ACTIVE'
      ? await sealNotice(deps, caller, 'factor-enrolled', user, { factorName: factorName(factor) })
      : undefined
  const kept = deps.db.write(function* () {
    const tx = deps.db.for(caller.org)
    yield* assertCallerMayChange(tx, caller, user.id)
    if (factor.kind === 'email' && (yield* getUser(tx, user.id)).profile.email !== factor.profile.email)
      throw notTheirs()
    const others = (yield* selectFactors(tx, user.id)).map((other) => other.factor)
    assertRoomFor(factor.key, others)
    const guard = yield* takePending(tx, user.id, factor.key)
    yield* insertFactor(tx, stored, guard)
    if (beside) yield* beside(tx)
    if (factor.status === 'ACTIVE') yield* logChange(tx, deps, caller, factorChanged(caller, 'activate', user, factor))
    if (notice) yield* queueMail(tx, notice)
    return others
  })
  const others = await refuseConflict(kept, alreadySetUp)
  if (notice) deps.outbox.expect(caller.org)
  return others
}
