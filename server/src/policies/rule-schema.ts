// Rules of policies as they come in (spec of sign-in: 6.1–6.4). What is kept is whole: what wasn't said stands there with its default.
import Type, { type Static, type TSchema } from 'typebox'
import { maybe } from '#http/wire.ts'
import { invalid } from '#kernel/refusal.ts'
import { ENROLLMENT_PROMPTS } from './enrollment.ts'
import { POLICY_STATUSES, type PolicyType } from './policy.ts'
import { ruleActions } from './rule-actions.ts'
import type { RuleDraft, RulePeople } from './rule-draft.ts'
import { PROMPT_MODES } from './sign-on.ts'

const ACCESS = ['ALLOW', 'DENY'] as const
const FIVE_YEARS = 5 * 525_600
const some = <T extends Record<string, TSchema>>(members: T) => maybe(Type.Object(members))
const flag = () => maybe(Type.Boolean())
const text = () => maybe(Type.String({ maxLength: 100 }))
const texts = () => maybe(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 500 }))
const access = () => some({ access: maybe(Type.Enum(ACCESS)) })
const Named = some({ include: texts(), exclude: texts() })

const ConditionsBody = some({
  people: some({ users: Named, groups: Named }),
  network: some({ connection: text(), include: texts(), exclude: texts() }),
  authContext: some({ authType: maybe(Type.Enum(['ANY', 'RADIUS', 'LDAP_INTERFACE'])) }),
  riskScore: some({ level: text() }),
  risk: some({ behaviors: texts() }),
  identityProvider: some({ provider: text(), idpIds: texts() }),
})

const ActionsBody = Type.Object({
  signon: some({
    access: maybe(Type.Enum(ACCESS)),
    requireFactor: flag(),
    factorPromptMode: maybe(Type.Enum(PROMPT_MODES)),
    factorLifetime: maybe(Type.Integer({ minimum: 0, maximum: FIVE_YEARS })),
    rememberDeviceByDefault: flag(),
    primaryFactor: maybe(Type.Enum(['PASSWORD_IDP', 'PASSWORD_IDP_ANY_FACTOR'])),
    session: some({
      maxSessionIdleMinutes: maybe(Type.Integer({ minimum: 1, maximum: FIVE_YEARS })),
      maxSessionLifetimeMinutes: maybe(Type.Integer({ minimum: 0, maximum: FIVE_YEARS })),
      usePersistentCookie: flag(),
    }),
  }),
  passwordChange: access(),
  selfServicePasswordReset: some({
    access: maybe(Type.Enum(ACCESS)),
    requirement: some({
      accessControl: text(),
      primary: some({ methods: texts(), methodConstraints: maybe(Type.Array(Type.Unknown(), { maxItems: 10 })) }),
      stepUp: some({ required: flag(), methods: texts() }),
    }),
  }),
  selfServiceUnlock: access(),
  enroll: some({ self: maybe(Type.Enum(ENROLLMENT_PROMPTS)) }),
})

export const RuleBody = Type.Object({
  type: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  priority: maybe(Type.Integer()),
  status: maybe(Type.Enum(POLICY_STATUSES)),
  conditions: ConditionsBody,
  actions: maybe(ActionsBody),
})
type SentRule = Static<typeof RuleBody>
type SentConditions = NonNullable<SentRule['conditions']>

/** The type of a policy's rules on the wire. */
export const ruleTypeOf = (type: PolicyType): string => (type === 'OKTA_SIGN_ON' ? 'SIGN_ON' : type)

/** @throws {Refusal} validation_failed for what has no place in a rule of that type, or is not served */
export function ruleFromWire(wire: SentRule, type: PolicyType): RuleDraft {
  if (wire.type !== undefined && wire.type !== ruleTypeOf(type))
    throw invalid('type', `type: A policy of the type '${type}' has rules of the type '${ruleTypeOf(type)}'`)
  const sent = wire.conditions ?? {}
  const people = peopleOf(sent.people)
  return {
    name: wire.name ?? '',
    priority: wire.priority ?? undefined,
    status: wire.status ?? undefined,
    people,
    conditions: conditionsOf(sent, people, type),
    actions: ruleActions(type, wire.actions ?? {}),
  }
}

function peopleOf(sent: SentConditions['people']): RulePeople {
  const both = (list: Static<typeof Named> | undefined) => ({
    include: [...new Set(list?.include ?? [])],
    exclude: [...new Set(list?.exclude ?? [])],
  })
  return { users: both(sent?.users), groups: both(sent?.groups) }
}

function conditionsOf(sent: SentConditions, { users, groups }: RulePeople, type: PolicyType): RuleDraft['conditions'] {
  refuseUnserved(sent)
  const { riskScore, risk, identityProvider } = sent
  const ofGroups = groups.include.length + groups.exclude.length > 0
  return {
    people: {
      users: { ...(users.include.length > 0 && { include: users.include }), exclude: users.exclude },
      ...(ofGroups && { groups }),
    },
    network: { connection: 'ANYWHERE' },
    ...(type === 'OKTA_SIGN_ON' && {
      authContext: { authType: sent.authContext?.authType ?? 'ANY' },
      ...((risk || riskScore) && { risk: { behaviors: [] } }),
      ...(riskScore && { riskScore: { level: 'ANY' } }),
      ...(identityProvider && { identityProvider: { provider: identityProvider.provider ?? 'ANY' } }),
    }),
  }
}

/** A condition that nothing here could tell would be one that never holds, or always. */
function refuseUnserved({ network, riskScore, risk, identityProvider }: SentConditions): void {
  if ((network?.connection ?? 'ANYWHERE') !== 'ANYWHERE')
    throw invalid('network', 'conditions.network: Network zones are not served: the connection can only be ANYWHERE')
  if ((riskScore?.level ?? 'ANY') !== 'ANY' || (risk?.behaviors ?? []).length > 0)
    throw invalid('risk', 'conditions.risk: The risk of a sign-in is not rated: the level can only be ANY')
  const { provider } = identityProvider ?? {}
  if (provider && provider !== 'ANY' && provider !== 'OKTA')
    throw invalid('identityProvider', `conditions.identityProvider: '${provider}' is not served; people sign in here`)
}
