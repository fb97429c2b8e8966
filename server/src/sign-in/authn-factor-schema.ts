// The states of the classic authentication API that are about factors (spec of sign-in: 1.3, 1.4). Lists stand in `_embedded.factors`, one
// factor in `_embedded.factor`; `resend` is a list. Profiles are masked: before the proof nobody reads a whole address.
import { enrollable } from '#authenticators/enrollable.ts'
import type { Factor } from '#authenticators/factor.ts'
import { maskedAddress } from '#authenticators/masked-address.ts'
import type { Activation, Challenge } from '#authenticators/proof.ts'
import { link } from '#http/wire.ts'
import type { Shown } from './authn-service.ts'
import type { Demands } from './demands-service.ts'

export interface FactorState {
  readonly status: string
  readonly next?: { readonly name: string; readonly path: string }
  readonly embedded?: object
  readonly links?: object
  /** Beside the status. */
  readonly members?: object
}

type Waiting = Extract<Shown, { readonly kind: 'step' }>

const AUTHN = '/api/v1/authn'
const TYPES = { totp: 'token:software:totp', webauthn: 'webauthn', email: 'email', question: 'question' } as const

export function factorStateOf(orgUrl: string, { situation, challenge, activation }: Waiting): FactorState {
  const { step, demands, user } = situation
  const to = (path: string) => link(`${orgUrl}${AUTHN}/${path}`, 'POST')
  const prev = { prev: to('previous') }
  const named = (id: string) => demands.factors.find((factor) => factor.id === id)
  switch (step.kind) {
    case 'verify-factor':
      return {
        status: 'MFA_REQUIRED',
        embedded: {
          factors: demands.factors.map((factor) => ({
            ...factorToWire(factor),
            _links: { verify: to(`factors/${factor.id}/verify`) },
          })),
          ...keysToWire(demands.factors, to),
          policy: rememberingToWire(demands),
        },
      }
    case 'answer-challenge': {
      const { factorId, factor: kind } = step.current
      const name = factorId ?? TYPES[kind]
      const factor = factorId === undefined ? demands.factors.find((one) => one.kind === kind) : named(factorId)
      const resend = kind === 'email' ? { resend: [{ name: 'email', ...to(`factors/${name}/verify/resend`) }] } : {}
      return {
        status: 'MFA_CHALLENGE',
        next: { name: 'verify', path: `factors/${name}/verify` },
        embedded: {
          ...challengeToWire(challenge, factor),
          policy: rememberingToWire(demands),
        },
        links: { ...prev, ...resend },
        members: challenge?.kind === 'assertion' ? { factorResult: 'CHALLENGE', challengeType: challenge.type } : {},
      }
    }
    case 'enroll-factor': {
      const offered = enrollable(demands.factors, demands.enrollment.factors)
      return {
        status: 'MFA_ENROLL',
        embedded: {
          factors: offered.map(({ kind, provider, status, enrollment }) => ({
            factorType: TYPES[kind],
            provider,
            vendorName: provider,
            status,
            enrollment,
            _links: {
              enroll: to('factors'),
              ...(kind === 'question'
                ? { questions: link(`${orgUrl}/api/v1/users/${user.id}/factors/questions`, 'GET') }
                : {}),
            },
          })),
          policy: rememberingToWire(demands),
        },
        links: step.maySkip ? { skip: { name: 'skip', ...to('skip') } } : {},
      }
    }
    case 'activate-factor': {
      const { factorId = '', factor: kind } = step.current
      const resend =
        kind === 'email' ? { resend: [{ name: 'email', ...to(`factors/${factorId}/lifecycle/resend`) }] } : {}
      return {
        status: 'MFA_ENROLL_ACTIVATE',
        next: { name: 'activate', path: `factors/${factorId}/lifecycle/activate` },
        embedded: {
          factor: pendingToWire(orgUrl, user.id, factorId, kind, activation),
          policy: rememberingToWire(demands),
        },
        links: { ...prev, ...resend },
      }
    }
    default:
      throw new Error(`the authentication API has no state for ${step.kind}`)
  }
}

const factorToWire = (factor: Factor) => ({
  id: factor.id,
  factorType: TYPES[factor.kind],
  provider: factor.provider,
  vendorName: factor.provider,
  profile: maskedProfile(factor),
})

function maskedProfile(factor: Factor): object {
  switch (factor.kind) {
    case 'email':
      return { email: maskedAddress(factor.profile.email, '...') }
    case 'question':
      return { question: factor.profile.question, questionText: factor.profile.questionText }
    case 'totp':
      return { credentialId: factor.profile.credentialId }
    case 'webauthn':
      return { credentialId: factor.profile.credentialId, authenticatorName: factor.profile.authenticatorName }
  }
}

function challengeToWire(challenge: Challenge | undefined, factor: Factor | undefined): object {
  const one = factor ? factorToWire(factor) : {}
  if (challenge?.kind !== 'assertion') return { factor: one }
  const { challenge: value, userVerification, appid } = challenge.options
  const asked = { challenge: value, userVerification, extensions: { appid } }
  if (challenge.type === 'FACTOR') return { factor: { ...one, _embedded: { challenge: asked } } }
  return { challenge: asked, factors: challenge.factors.map(factorToWire) }
}

/** Several keys are asked for at once: the person need not know which of them is at hand. */
function keysToWire(factors: readonly Factor[], to: (path: string) => object): object {
  if (factors.filter(({ kind }) => kind === 'webauthn').length < 2) return {}
  const next = { name: 'verify', ...to('factors/webauthn/verify') }
  return { factorTypes: [{ factorType: TYPES.webauthn, _links: { next } }] }
}

function pendingToWire(
  orgUrl: string,
  userId: string,
  factorId: string,
  kind: Factor['kind'],
  activation: Activation | undefined,
) {
  const shared = { id: factorId, factorType: TYPES[kind], status: 'PENDING_ACTIVATION' }
  if (activation?.kind === 'totp') {
    const qrcode = `${orgUrl}/api/v1/users/${userId}/factors/${factorId}/qr/${activation.qrToken}`
    const { sharedSecret } = activation
    const told = { timeStep: 30, sharedSecret, encoding: 'base32', keyLength: 6 }
    const links = { qrcode: { href: qrcode, type: 'image/png' } }
    return { ...shared, _embedded: { activation: { ...told, _links: links } } }
  }
  if (activation?.kind === 'webauthn') return { ...shared, _embedded: { activation: activation.options } }
  return shared
}

/** What the policy says of remembering the browser; 0 minutes is for as long as it is the same browser. */
function rememberingToWire({ remembering, signOn }: Demands) {
  const byDefault = signOn.access === 'ALLOW' && signOn.factor?.rememberDeviceByDefault === true
  return {
    allowRememberDevice: remembering.kind !== 'never',
    rememberDeviceLifetimeInMinutes: remembering.kind === 'minutes' ? remembering.minutes : 0,
    rememberDeviceByDefault: remembering.kind !== 'never' && byDefault,
    factorsPolicyInfo: {},
  }
}
