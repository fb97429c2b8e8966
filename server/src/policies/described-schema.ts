// What the answers about policies and rules promise: less than they hold, and true of each type.
import Type, { type TSchema } from 'typebox'
import { ENROLLMENT_DEMANDS } from '#authenticators/enrollable.ts'
import { nullable } from '#http/wire.ts'
import { ENROLLMENT_PROMPTS } from './enrollment.ts'
import { POLICY_STATUSES, POLICY_TYPES } from './policy.ts'
import { PROMPT_MODES } from './sign-on.ts'

const texts = () => Type.Array(Type.String())
const some = <T extends Record<string, TSchema>>(members: T) => Type.Optional(Type.Object(members))
const Access = Type.Enum(['ALLOW', 'DENY'])
const Status = Type.Enum(POLICY_STATUSES)
const named = () => some({ include: Type.Optional(texts()), exclude: Type.Optional(texts()) })
const people = () => some({ users: named(), groups: named() })
const access = () => some({ access: Access })
const enroll = () => Type.Object({ self: Type.Enum(ENROLLMENT_DEMANDS) })

const PasswordSettings = Type.Object({
  complexity: Type.Object({
    minLength: Type.Integer(),
    minLowerCase: Type.Integer(),
    minUpperCase: Type.Integer(),
    minNumber: Type.Integer(),
    minSymbol: Type.Integer(),
    excludeUsername: Type.Boolean(),
    excludeAttributes: texts(),
    dictionary: Type.Object({ common: Type.Object({ exclude: Type.Boolean() }) }),
  }),
  age: Type.Object({
    maxAgeDays: Type.Integer(),
    expireWarnDays: Type.Integer(),
    minAgeMinutes: Type.Integer(),
    historyCount: Type.Integer(),
  }),
  lockout: Type.Object({
    maxAttempts: Type.Integer(),
    autoUnlockMinutes: Type.Integer(),
    userLockoutNotificationChannels: Type.Array(Type.Enum(['EMAIL'])),
    showLockoutFailures: Type.Boolean(),
  }),
})

const RecoverySettings = Type.Object({
  factors: Type.Object({
    okta_email: Type.Object({
      status: Status,
      properties: Type.Object({ recoveryToken: Type.Object({ tokenLifetimeMinutes: Type.Integer() }) }),
    }),
    recovery_question: Type.Object({
      status: Status,
      properties: Type.Object({ complexity: Type.Object({ minLength: Type.Integer() }) }),
    }),
  }),
})

export const RuleAnswer = Type.Object(
  {
    id: Type.String(),
    type: Type.String(),
    name: Type.String(),
    status: Status,
    priority: Type.Integer(),
    system: Type.Boolean(),
    conditions: nullable(
      Type.Object({
        people: people(),
        authContext: some({ authType: Type.Enum(['ANY', 'RADIUS', 'LDAP_INTERFACE']) }),
      }),
    ),
    actions: Type.Object({
      signon: some({
        access: Access,
        requireFactor: Type.Boolean(),
        factorPromptMode: Type.Optional(Type.Enum(PROMPT_MODES)),
        factorLifetime: Type.Optional(Type.Integer()),
        primaryFactor: Type.Enum(['PASSWORD_IDP', 'PASSWORD_IDP_ANY_FACTOR']),
        rememberDeviceByDefault: Type.Boolean(),
        session: Type.Object({
          usePersistentCookie: Type.Boolean(),
          maxSessionIdleMinutes: Type.Integer(),
          maxSessionLifetimeMinutes: Type.Integer(),
        }),
      }),
      passwordChange: access(),
      selfServicePasswordReset: some({
        access: Access,
        requirement: some({
          primary: Type.Object({ methods: texts() }),
          stepUp: Type.Object({ required: Type.Boolean(), methods: Type.Optional(texts()) }),
          accessControl: Type.String(),
        }),
      }),
      selfServiceUnlock: access(),
      enroll: some({ self: Type.Enum(ENROLLMENT_PROMPTS) }),
    }),
  },
  { title: 'PolicyRule' },
)

export const PolicyAnswer = Type.Object(
  {
    id: Type.String(),
    type: Type.Enum(POLICY_TYPES),
    name: Type.String(),
    description: nullable(Type.String()),
    status: Status,
    priority: Type.Integer(),
    system: Type.Boolean(),
    conditions: nullable(Type.Object({ people: people() })),
    settings: some({
      password: Type.Optional(PasswordSettings),
      recovery: Type.Optional(RecoverySettings),
      delegation: some({ options: Type.Object({ skipUnlock: Type.Boolean() }) }),
      authenticators: Type.Optional(Type.Array(Type.Object({ key: Type.String(), enroll: enroll() }))),
      factors: Type.Optional(Type.Record(Type.String(), Type.Object({ enroll: enroll() }))),
    }),
    /** `expand=rules` */
    _embedded: some({ rules: Type.Optional(Type.Array(RuleAnswer)) }),
  },
  { title: 'Policy' },
)

export const PolicyListAnswer = Type.Array(PolicyAnswer)
