// Whether a pending factor is the person's, and what it is from then on. Uses nothing up.
import type { Instant } from '#kernel/instant.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import type { Deps } from '../deps.ts'
import { type Asked, checkMailedCode, type UsedCode } from './check-proof.ts'
import { originsOf } from './expectations.ts'
import { openSecret, sealSecret } from './factor-secret.ts'
import { activated } from './new-factor.ts'
import type { ActivationProof, Failure } from './proof.ts'
import type { StoredFactor } from './store.ts'
import { decideTotp } from './totp.ts'
import { checkAttestation } from './webauthn.ts'

/** What is mailed and asked while a factor is pending is asked for it alone. */
export const ENROLLING = 'enrollment'

export interface Completed {
  readonly kind: 'completed'
  readonly stored: StoredFactor
  readonly code: UsedCode | undefined
}

export interface PresentedActivation {
  readonly proof: ActivationProof
  readonly now: Instant
  /** What the attestation answers. */
  readonly challenge: Asked | undefined
}

export async function checkActivation(
  deps: Pick<Deps, 'db' | 'random'>,
  config: OrgConfig,
  stored: StoredFactor,
  { proof, now, challenge }: PresentedActivation,
): Promise<Completed | Failure> {
  const { factor, sealed } = stored
  const { org } = config
  if (proof.kind === 'code' && factor.kind === 'totp') {
    const seed = Buffer.from(openSecret(org, factor, sealed), 'base64url')
    const decided = decideTotp(seed, { code: proof.code, now, lastStep: 0 })
    if (decided.kind === 'wrong') return { kind: 'wrong', of: 'totp' }
    if (decided.kind !== 'right') return decided
    // The code that activates is used: it proves nothing a second time.
    return completed({ factor: activated(factor, now), sealed, counter: decided.step })
  }
  if (proof.kind === 'code' && factor.kind === 'email') {
    const checked = await checkMailedCode(deps, org, { factor, binding: ENROLLING, now, code: proof.code })
    if (checked.kind !== 'right') return checked
    return completed({ factor: activated(factor, now), sealed, counter: 0 }, checked.code)
  }
  if (proof.kind === 'attestation' && factor.kind === 'webauthn') {
    if (!challenge) return { kind: 'no-challenge' }
    if (challenge.expires <= now) return { kind: 'expired' }
    const expected = {
      challenge: challenge.text,
      origins: originsOf(config),
      rpId: factor.profile.rpId,
      userVerification: challenge.userVerification,
    }
    const made = await checkAttestation(proof, expected)
    if (!made) return { kind: 'wrong', of: 'webauthn' }
    const profile = { ...factor.profile, credentialId: made.id, transports: made.transports }
    const secret = sealSecret(org, factor, JSON.stringify(made.secret), deps.random)
    return completed({ factor: { ...activated(factor, now), profile }, sealed: secret, counter: made.counter })
  }
  return { kind: 'wrong', of: factor.kind }
}

const completed = (stored: StoredFactor, code?: UsedCode): Completed => ({ kind: 'completed', stored, code })
