// Factors on the wire (spec of sign-in: 7.1).
import Type, { type Static } from 'typebox'
import { link, nullable } from '#http/wire.ts'
import { isoText, SECOND } from '#kernel/instant.ts'
import { invalid } from '#kernel/refusal.ts'
import type { Enrollable } from './enrollable.ts'
import { FACTOR_STATUSES, type Factor, type FactorKey, type FactorKind, KIND_OF, PROVIDER_OF } from './factor.ts'
import type {
  Activation,
  ActivationProof,
  AssertionOptions,
  BegunEnrollment,
  Challenge,
  EnrollmentDraft,
  Proof,
} from './proof.ts'
import { QUESTIONS } from './question.ts'
import { CODE_DIGITS, TIME_STEP } from './totp.ts'

const TYPES: Readonly<Record<FactorKind, string>> = {
  totp: 'token:software:totp',
  webauthn: 'webauthn',
  email: 'email',
  question: 'question',
}

export const EnrollBody = Type.Object({
  factorType: Type.String(),
  provider: Type.String(),
  profile: Type.Optional(
    Type.Object({
      question: Type.Optional(Type.String()),
      answer: Type.Optional(Type.String()),
      email: Type.Optional(Type.String()),
    }),
  ),
})

export const QuestionBody = Type.Object({
  profile: Type.Object({ question: Type.String(), answer: Type.String() }),
})

/** What activates or proves; of which members depends on the factor. */
const TYPED = Type.String({ maxLength: 1_000 })
const SIGNED = Type.String({ maxLength: 10_000 })
export const ProofBody = Type.Object({
  passCode: Type.Optional(TYPED),
  answer: Type.Optional(TYPED),
  clientData: Type.Optional(SIGNED),
  attestation: Type.Optional(Type.String({ maxLength: 100_000 })),
  authenticatorData: Type.Optional(SIGNED),
  signatureData: Type.Optional(SIGNED),
})
/** Nothing at all asks for a challenge. */
export const VerifyBody = nullable(ProofBody)
type WireProof = Static<typeof ProofBody>

const Link = Type.Object({ href: Type.String() })
const Links = Type.Record(Type.String(), Type.Union([Link, Type.Array(Link)]))
const Anything = Type.Record(Type.String(), Type.Unknown())

export const FactorAnswer = Type.Object(
  {
    id: Type.String(),
    factorType: Type.Enum(Object.values(TYPES)),
    provider: Type.String(),
    vendorName: Type.String(),
    status: Type.Enum(FACTOR_STATUSES),
    created: Type.String(),
    lastUpdated: Type.String(),
    profile: Anything,
    _embedded: Type.Optional(Anything),
    _links: Links,
  },
  { title: 'UserFactor' },
)
export const FactorListAnswer = Type.Array(FactorAnswer)

export const CatalogAnswer = Type.Array(
  Type.Object({
    factorType: Type.Enum(Object.values(TYPES)),
    provider: Type.String(),
    vendorName: Type.String(),
    status: Type.Enum(['NOT_SETUP', 'ACTIVE']),
    enrollment: Type.Enum(['REQUIRED', 'OPTIONAL']),
    _links: Links,
  }),
)

export const QuestionListAnswer = Type.Array(Type.Object({ question: Type.String(), questionText: Type.String() }))

export const VerifyAnswer = Type.Object({
  factorResult: Type.Enum(['SUCCESS', 'CHALLENGE']),
  expiresAt: Type.Optional(Type.String()),
  profile: Type.Optional(Anything),
  _embedded: Type.Optional(Anything),
  _links: Type.Optional(Links),
})

/** @throws {Refusal} validation_failed, also for a factor that Okta has and this server does not */
export function draftFromWire(
  { factorType, provider, profile }: Static<typeof EnrollBody>,
  query: URLSearchParams,
): EnrollmentDraft {
  const key = (Object.keys(KIND_OF) as FactorKey[]).find(
    (one) => TYPES[KIND_OF[one]] === factorType && PROVIDER_OF[one] === provider,
  )
  switch (key) {
    case undefined:
      throw invalid('factorEnrollRequest', 'Invalid Factor.')
    case 'question': {
      const { question, answer } = profile ?? {}
      if (question === undefined) throw invalid('question', 'question: The field cannot be left blank')
      if (answer === undefined) throw invalid('answer', 'answer: The field cannot be left blank')
      return { key, question, answer }
    }
    case 'email': {
      const lifetime = lifetimeOf(query)
      const { email } = profile ?? {}
      return {
        key,
        activate: query.get('activate')?.toLowerCase() === 'true',
        ...(lifetime === undefined ? {} : { lifetime }),
        ...(email === undefined ? {} : { email }),
      }
    }
    default:
      return { key }
  }
}

/** @throws {Refusal} validation_failed */
export function lifetimeOf(query: URLSearchParams): number | undefined {
  const text = query.get('tokenLifetimeSeconds')
  if (text === null) return undefined
  const seconds = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (seconds < 1 || seconds > 86_400)
    throw invalid('tokenLifetimeSeconds', 'tokenLifetimeSeconds: The value must be between 1 and 86400')
  return seconds * SECOND
}

/** @throws {Refusal} validation_failed */
export function activationFromWire({ passCode, clientData, attestation }: WireProof): ActivationProof {
  if (clientData !== undefined && attestation !== undefined) return { kind: 'attestation', clientData, attestation }
  if (passCode === undefined) throw invalid('passCode', 'passCode: The field cannot be left blank')
  return { kind: 'code', code: passCode }
}

/** Undefined asks for a challenge. */
export function proofFromWire(body: WireProof | null | undefined): Proof | undefined {
  const { passCode, answer, clientData, authenticatorData, signatureData } = body ?? {}
  if (passCode !== undefined) return { kind: 'code', code: passCode }
  if (answer !== undefined) return { kind: 'answer', answer }
  if (clientData === undefined || authenticatorData === undefined || signatureData === undefined) return undefined
  return { kind: 'assertion', clientData, authenticatorData, signatureData }
}

export function toWire(orgUrl: string, factor: Factor, activation?: Activation) {
  const user = `${orgUrl}/api/v1/users/${factor.userId}`
  const self = `${user}/factors/${factor.id}`
  return {
    id: factor.id,
    factorType: TYPES[factor.kind],
    provider: factor.provider,
    vendorName: factor.provider,
    status: factor.status,
    created: isoText(factor.created),
    lastUpdated: isoText(factor.lastUpdated),
    profile: profileToWire(factor),
    ...(activation && activation.kind !== 'email'
      ? { _embedded: { activation: activationToWire(self, activation) } }
      : {}),
    _links: {
      ...stepLinks(user, self, factor),
      self: link(self, 'GET', 'DELETE'),
      user: link(user, 'GET'),
    },
  }
}

export const begunToWire = (orgUrl: string, { factor, activation }: BegunEnrollment) =>
  toWire(orgUrl, factor, activation)

function stepLinks(user: string, self: string, { kind, status }: Factor) {
  if (kind === 'question') return { questions: link(`${user}/factors/questions`, 'GET') }
  if (status === 'ACTIVE') return { verify: link(`${self}/verify`, 'POST') }
  const resend = kind === 'email' ? { resend: [{ name: 'email', ...link(`${self}/resend`, 'POST') }] } : {}
  return { ...resend, activate: link(`${self}/lifecycle/activate`, 'POST') }
}

function profileToWire(factor: Factor) {
  if (factor.kind !== 'webauthn') return { ...factor.profile }
  const { credentialId, authenticatorName } = factor.profile
  return { ...(credentialId === undefined ? {} : { credentialId }), authenticatorName }
}

function activationToWire(self: string, activation: Exclude<Activation, { kind: 'email' }>) {
  if (activation.kind === 'webauthn') return activation.options
  return {
    timeStep: TIME_STEP,
    sharedSecret: activation.sharedSecret,
    encoding: 'base32',
    keyLength: CODE_DIGITS,
    _links: { qrcode: { ...link(`${self}/qr/${activation.qrToken}`, 'GET'), type: 'image/png' } },
  }
}

export function catalogToWire(orgUrl: string, userId: string, list: readonly Enrollable[]) {
  const factors = `${orgUrl}/api/v1/users/${userId}/factors`
  return list.map(({ kind, provider, status, enrollment }) => ({
    factorType: TYPES[kind],
    provider,
    vendorName: provider,
    status,
    enrollment,
    _links: {
      ...(kind === 'question' ? { questions: link(`${factors}/questions`, 'GET') } : {}),
      enroll: link(factors, 'POST'),
    },
  }))
}

export const questionsToWire = () =>
  Object.entries(QUESTIONS).map(([question, questionText]) => ({ question, questionText }))

export function challengeToWire(orgUrl: string, challenge: Exclude<Challenge, { kind: 'needless' | 'too-soon' }>) {
  const factor = challenge.kind === 'sent' ? challenge.factor : challenge.factors[0]
  const self = factor && `${orgUrl}/api/v1/users/${factor.userId}/factors/${factor.id}`
  return {
    factorResult: 'CHALLENGE',
    expiresAt: isoText(challenge.expires),
    ...(factor ? { profile: profileToWire(factor) } : {}),
    ...(challenge.kind === 'assertion' ? { _embedded: { challenge: assertionToWire(challenge.options) } } : {}),
    ...(self === undefined
      ? {}
      : { _links: { verify: link(`${self}/verify`, 'POST'), factor: link(self, 'GET', 'DELETE') } }),
  }
}

const assertionToWire = ({ challenge, userVerification, appid }: AssertionOptions) => ({
  challenge,
  userVerification,
  extensions: { appid },
})
