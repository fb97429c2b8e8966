// What one sign-in has come to: who it is, what they have proved, and what they have chosen. It grows by proofs alone, and every step
// is a question about it (see `next-step.ts`). It is kept as a row from the first proof on.
import type { FactorKind } from '#authenticators/factor.ts'
import type { Instant } from '#kernel/instant.ts'
import { tokenHash } from '#kernel/secret.ts'

/** Why somebody is here: to sign in, to choose another password by a link, to choose the first one, or to end a lockout. */
export const PURPOSES = ['sign-in', 'recovery', 'activation', 'unlock'] as const
export type Purpose = (typeof PURPOSES)[number]

export type Proof =
  /** The right password, as it was set at that instant: another one makes the proof void. */
  | { readonly kind: 'password'; readonly at: Instant; readonly passwordChanged: number | null }
  /** A living link, by its hash: it is used up by what it is for and no sooner. */
  | { readonly kind: 'link'; readonly at: Instant; readonly linkHash: string }
  /** The answer to the recovery question. */
  | { readonly kind: 'answer'; readonly at: Instant }
  /** The lockout has been ended. */
  | { readonly kind: 'unlocked'; readonly at: Instant }
  | {
      readonly kind: 'factor'
      readonly at: Instant
      readonly factorId: string
      readonly factor: FactorKind
      readonly amr: readonly string[]
    }

export interface Standing {
  readonly purpose: Purpose
  readonly proofs: readonly [Proof, ...Proof[]]
  /** The factor that is being challenged or enrolled; all keys of a person at once where there is a kind and no id. */
  readonly current: CurrentFactor | undefined
  /** Steps that may be passed over and were. */
  readonly skipped: readonly Skippable[]
  /** Says when a password ends soon, and lets optional factors be enrolled, only to those who ask for it. */
  readonly wantsWarning: boolean
  readonly wantsOptionalFactors: boolean
  /** "Keep me signed in". */
  readonly keepMeSignedIn: boolean
  /** Skip the second factor in this browser from now on. */
  readonly rememberDevice: boolean
  /** The device that an app with an API token has named, which counts in the place of the browser's cookie. */
  readonly deviceHash?: string
}

export const SKIPPABLE = ['password-warning', 'enrolment'] as const
export type Skippable = (typeof SKIPPABLE)[number]

export type CurrentFactor =
  | {
      readonly kind: 'challenge'
      /** Undefined: whichever of the kind the person has. */
      readonly factorId: string | undefined
      readonly factor: FactorKind
      /** Sealed: what the person is asked, for whoever shows the step again. */
      readonly shown: string
    }
  | {
      readonly kind: 'activate'
      readonly factorId: string
      readonly factor: FactorKind
      /** Sealed: what makes the factor theirs. */
      readonly shown: string
    }

export const newStanding = (purpose: Purpose, proof: Proof): Standing => ({
  purpose,
  proofs: [proof],
  current: undefined,
  skipped: [],
  wantsWarning: false,
  wantsOptionalFactors: false,
  keepMeSignedIn: false,
  rememberDevice: false,
})

/** What names the device of a sign-in; `cookie` is the value that the browser brings. */
export const deviceHashOf = ({ deviceHash }: Standing, cookie: string | undefined): string | undefined =>
  deviceHash ?? (cookie === undefined ? undefined : tokenHash(cookie))

/** A name that an app has made up is no cookie's value. */
export const hashOfNamedDevice = (name: string): string => tokenHash(`device token ${name}`)

/** One proof more. Whatever was going on with a factor is over by it. */
export const proved = (standing: Standing, proof: Proof): Standing => ({
  ...standing,
  proofs: [...standing.proofs, proof],
  current: undefined,
})

export const proofOf = <K extends Proof['kind']>(
  { proofs }: Standing,
  kind: K,
): Extract<Proof, { readonly kind: K }> | undefined =>
  proofs.findLast((proof): proof is Extract<Proof, { readonly kind: K }> => proof.kind === kind)

export const factorsProved = ({ proofs }: Standing) => proofs.filter((proof) => proof.kind === 'factor')

/** The AMR words of a session that this becomes (RFC 8176). */
export function amrOf(standing: Standing): readonly string[] {
  const factors = factorsProved(standing).flatMap(({ amr }) => amr)
  const words = [...(proofOf(standing, 'password') ? ['pwd'] : []), ...factors]
  return [...new Set(factors.length > 0 ? [...words, 'mfa'] : words)]
}

/** When the password and a factor were last proved, each by itself. */
export const provedEach = (standing: Standing): { password: Instant | undefined; factor: Instant | undefined } => ({
  password: proofOf(standing, 'password')?.at,
  factor: proofOf(standing, 'factor')?.at,
})

/** When the person last proved who they are: `auth_time`. */
export const provedAt = ({ proofs: [first, ...rest] }: Standing): Instant =>
  rest.reduce((latest, { at }) => (at > latest ? at : latest), first.at)
