// Whether a proof is right, by its kind: the only place where a factor's secret is opened to be compared with. Uses nothing up.
import type { Instant } from '#kernel/instant.ts'
import { equalText, tokenHash } from '#kernel/secret.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import type { Deps } from '../deps.ts'
import { originsOf } from './expectations.ts'
import type { EmailFactor, FactorAmr, WebAuthnFactor } from './factor.ts'
import { openSecret } from './factor-secret.ts'
import { codeHash } from './one-time-code.ts'
import type { Failure, Proof, UserVerification } from './proof.ts'
import { answerKey, isTooLong } from './question.ts'
import { type ChallengePlace, type StoredFactor, selectChallenge } from './store.ts'
import { decideTotp } from './totp.ts'
import { checkAssertion, type WebAuthnSecret } from './webauthn.ts'

export interface UsedCode {
  readonly place: ChallengePlace
  readonly hash: string
}

/** The proof is right, and good if what it uses up is still there. */
export interface Right {
  readonly kind: 'right'
  readonly stored: StoredFactor
  /** The step or count that must be a later one than any before; undefined where nothing is counted. */
  readonly counter: number | undefined
  /** The mailed code. */
  readonly code: UsedCode | undefined
  readonly amr: readonly FactorAmr[]
  readonly userVerified: boolean
}

export interface PresentedProof {
  readonly proof: Proof
  readonly now: Instant
  readonly binding: string
  /** Those of which a try was reserved. */
  readonly tried: readonly StoredFactor[]
  /** What the assertion answers. */
  readonly challenge: Asked | undefined
}

export interface Asked {
  readonly text: string
  readonly expires: Instant
  readonly userVerification: UserVerification
}

type Doors = Pick<Deps, 'db' | 'hasher'>

/** Of the factors that were tried the first that the proof is right for, or why it is for none. */
export async function checkProof(deps: Doors, config: OrgConfig, presented: PresentedProof): Promise<Right | Failure> {
  let failure: Failure = { kind: 'wrong', of: presented.tried[0]?.factor.kind ?? 'totp' }
  for (const stored of presented.tried) {
    const checked = await checkOne(deps, config, presented, stored)
    if (checked.kind === 'right') return checked
    failure = checked
  }
  return failure
}

function checkOne(
  deps: Doors,
  config: OrgConfig,
  presented: PresentedProof,
  stored: StoredFactor,
): Promise<Right | Failure> | Right | Failure {
  const { proof } = presented
  const { factor } = stored
  if (proof.kind === 'code' && factor.kind === 'totp') return checkTotp(config, presented, stored, proof.code)
  if (proof.kind === 'code' && factor.kind === 'email')
    return checkMailed(deps, config, presented, stored, factor, proof.code)
  if (proof.kind === 'answer' && factor.kind === 'question') return checkAnswer(deps, config, stored, proof.answer)
  if (proof.kind === 'assertion' && factor.kind === 'webauthn')
    return checkKey(config, presented, stored, factor, proof)
  return { kind: 'wrong', of: factor.kind }
}

function checkTotp(config: OrgConfig, { now }: PresentedProof, stored: StoredFactor, code: string): Right | Failure {
  const seed = Buffer.from(secretOf(config, stored), 'base64url')
  const decided = decideTotp(seed, { code, now, lastStep: stored.counter })
  if (decided.kind === 'right') return right(stored, 'otp', { counter: decided.step })
  return decided.kind === 'wrong' ? { kind: 'wrong', of: 'totp' } : decided
}

async function checkMailed(
  deps: Doors,
  { org }: OrgConfig,
  { now, binding }: PresentedProof,
  stored: StoredFactor,
  factor: EmailFactor,
  code: string,
): Promise<Right | Failure> {
  const checked = await checkMailedCode(deps, org, { factor, binding, now, code })
  return checked.kind === 'right' ? right(stored, 'otp', { code: checked.code }) : checked
}

export interface MailedCode {
  readonly factor: EmailFactor
  readonly binding: string
  readonly now: Instant
  readonly code: string
}

/** Whether that is the code that was mailed, which is still to be claimed. */
export async function checkMailedCode(
  { db }: Pick<Deps, 'db'>,
  org: OrgConfig['org'],
  { factor, binding, now, code }: MailedCode,
): Promise<{ readonly kind: 'right'; readonly code: UsedCode } | Failure> {
  const place = { userId: factor.userId, target: factor.id, binding: tokenHash(binding) }
  const kept = await db.read(selectChallenge(db.for(org.id), place))
  if (!kept) return { kind: 'no-challenge' }
  if (kept.expires <= now) return { kind: 'expired' }
  const hash = codeHash(org.dataKey, { factorId: factor.id, binding }, code)
  if (!equalText(hash, kept.hash)) return { kind: 'wrong', of: 'email' }
  return { kind: 'right', code: { place, hash } }
}

async function checkAnswer(
  { hasher }: Doors,
  config: OrgConfig,
  stored: StoredFactor,
  answer: string,
): Promise<Right | Failure> {
  const hash = secretOf(config, stored)
  const isRight = !isTooLong(answer) && (await hasher.verify(answerKey(answer), hash))
  return isRight ? right(stored, 'kba', {}) : { kind: 'wrong', of: 'question' }
}

async function checkKey(
  config: OrgConfig,
  { challenge, now }: PresentedProof,
  stored: StoredFactor,
  { userId, profile }: WebAuthnFactor,
  proof: Extract<Proof, { kind: 'assertion' }>,
): Promise<Right | Failure> {
  if (!challenge) return { kind: 'no-challenge' }
  if (challenge.expires <= now) return { kind: 'expired' }
  const secret = JSON.parse(secretOf(config, stored)) as WebAuthnSecret
  const known = { id: profile.credentialId ?? '', userId, secret, counter: stored.counter }
  const expected = {
    challenge: challenge.text,
    origins: originsOf(config),
    rpId: profile.rpId,
    userVerification: challenge.userVerification,
  }
  const checked = await checkAssertion(proof, known, expected)
  if (!checked) return { kind: 'wrong', of: 'webauthn' }
  const { counter, userVerified } = checked
  return { ...right(stored, secret.synced ? 'swk' : 'hwk', { counter }), userVerified }
}

const right = (stored: StoredFactor, amr: FactorAmr, used: Partial<Pick<Right, 'counter' | 'code'>>): Right => ({
  kind: 'right',
  stored,
  counter: used.counter,
  code: used.code,
  amr: [amr],
  userVerified: false,
})

const secretOf = ({ org }: OrgConfig, { factor, sealed }: StoredFactor): string => openSecret(org, factor, sealed)
