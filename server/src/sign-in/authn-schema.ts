// What the classic authentication API is sent (spec of sign-in: 1.1–1.5); `authn-answer-schema.ts` is what it answers.
import Type from 'typebox'

const OptionalText = Type.Optional(Type.String())
const OptionalFlag = Type.Optional(Type.Boolean())
const DEVICE_TOKEN_MAX = 32
const RELAY_STATE_MAX = 4_000

const Options = Type.Optional(
  Type.Object({ multiOptionalFactorEnroll: OptionalFlag, warnBeforePasswordExpired: OptionalFlag }),
)

export const AuthnBody = Type.Object({
  username: OptionalText,
  password: OptionalText,
  /** Of an activation mail. */
  token: OptionalText,
  stateToken: OptionalText,
  relayState: Type.Optional(Type.String({ maxLength: RELAY_STATE_MAX })),
  /** The id of the app that the person is on the way to. */
  audience: OptionalText,
  options: Options,
  context: Type.Optional(Type.Object({ deviceToken: Type.Optional(Type.String({ maxLength: DEVICE_TOKEN_MAX })) })),
})

export const StateTokenBody = Type.Object({ stateToken: Type.String() })

export const ChangePasswordBody = Type.Object({
  stateToken: Type.String(),
  oldPassword: OptionalText,
  newPassword: OptionalText,
  revokeSessions: OptionalFlag,
})

const Profile = Type.Object({
  question: OptionalText,
  questionText: OptionalText,
  answer: OptionalText,
})

export const EnrollBody = Type.Object({
  stateToken: Type.String(),
  factorType: OptionalText,
  provider: OptionalText,
  profile: Type.Optional(Profile),
})

/** What proves a factor, or makes a pending one the person's: which members are there depends on the factor. */
export const FactorProofBody = Type.Object({
  stateToken: Type.String(),
  passCode: OptionalText,
  answer: OptionalText,
  clientData: OptionalText,
  attestation: OptionalText,
  authenticatorData: OptionalText,
  signatureData: OptionalText,
  /** In the body or the query, as clients have it. */
  rememberDevice: OptionalFlag,
})

export const RecoveryTokenBody = Type.Object({ recoveryToken: Type.String(), options: Options })

export const RecoveryRequestBody = Type.Object({
  username: Type.String(),
  /** Codes by telephone are not sent. Absent where an app with an API token brings the recovery to the person itself. */
  factorType: Type.Optional(Type.Literal('EMAIL')),
  relayState: Type.Optional(Type.String({ maxLength: RELAY_STATE_MAX })),
})

export const AnswerBody = Type.Object({ stateToken: Type.String(), answer: OptionalText })

export const ResetPasswordBody = Type.Object({
  stateToken: Type.String(),
  newPassword: OptionalText,
  revokeSessions: OptionalFlag,
})
