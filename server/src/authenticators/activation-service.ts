// A factor becomes the person's when they show that they hold it. As for enrolling, whoever calls has made sure of the person.
import type { OrgDb } from '#db/org-db.ts'
import { refuseConflict } from '#db/refuse-conflict.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { DAY, type Instant, later } from '#kernel/instant.ts'
import { invalid, notFound } from '#kernel/refusal.ts'
import { tokenHash } from '#kernel/secret.ts'
import type { QueuedMail } from '#mail/mail.ts'
import { queueMail } from '#mail/service.ts'
import { logChange } from '#system-log/service.ts'
import { sealNotice } from '#users/notice-mail-service.ts'
import type { User } from '#users/user.ts'
import { type Completed, checkActivation } from './check-activation.ts'
import type { Asked } from './check-proof.ts'
import type { Factor } from './factor.ts'
import { factorChanged } from './factor-events.ts'
import { alreadySetUp } from './new-factor.ts'
import { factorName } from './offers.ts'
import { CODE_LIFETIME } from './one-time-code.ts'
import { assertCallerMayChange, newMail, placeOf } from './pending-factor.ts'
import type { ActivationOutcome, ActivationProof, Failure, UserVerification } from './proof.ts'
import type { FactorDoors } from './service.ts'
import { activateRow, claimChallenge, type StoredFactor, selectFactors, takeTries } from './store.ts'
import { challengeOf } from './webauthn.ts'

/** How long a factor may wait for its activation. */
const PENDING_LIFETIME = DAY

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
    yield* assertCallerMayChange(tx, caller, user.id)
    return yield* mail.queue(tx)
  })
  if (!sent) return { kind: 'too-soon' }
  deps.outbox.expect(caller.org)
  return { kind: 'sent', factor }
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
  const facts = { factorName: factorName(stored.factor) }
  const notice = await sealNotice(deps, caller, 'factor-enrolled', user, facts)
  const failure = await refuseConflict(
    deps.db.write(() => complete(tx, deps, caller, user, { ...checked, notice }, now)),
    (columns) => (columns.includes('credential_id') ? takenKey() : alreadySetUp()),
  )
  if (failure) return failure
  if (notice) deps.outbox.expect(caller.org)
  return { kind: 'activated', factor: checked.stored.factor }
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
  { stored, code, notice }: Completed & { readonly notice: QueuedMail | undefined },
  now: Instant,
): Unit<Failure | undefined> {
  yield* assertCallerMayChange(tx, caller, user.id)
  if (code) {
    const kept = yield* claimChallenge(tx, code.place, code.hash)
    if (!kept) return { kind: 'no-challenge' }
    if (kept.expires <= now) return { kind: 'expired' }
  }
  if (!(yield* activateRow(tx, stored))) throw alreadySetUp()
  yield* logChange(tx, deps, caller, factorChanged(caller, 'activate', user, stored.factor))
  if (notice) yield* queueMail(tx, notice)
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
