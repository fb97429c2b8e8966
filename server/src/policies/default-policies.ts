// The policies that a fresh org holds (spec of sign-in: 6, 11.7), as values.
import { newId, type RandomBytes } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import { AUTHENTICATOR_KEYS } from './enrollment.ts'
import { passwordSettings } from './password-settings.ts'
import type { Document, Policy, PolicyRule, PolicyType } from './policy.ts'

export interface DefaultPolicy {
  readonly policy: Policy
  readonly rule: PolicyRule
}

interface Draft {
  readonly type: PolicyType
  readonly name?: string
  readonly description?: string
  readonly conditions?: Document
  readonly settings?: Document
  readonly rule: {
    readonly name?: string
    readonly priority?: number
    readonly conditions?: Document
    readonly actions: Document
  }
}

const DESCRIPTION = 'Applies where no other policy does.'
/** The rule for all that no other rule of an app's policy caught. */
const CATCH_ALL = { name: 'Catch-all Rule', priority: 99 }
const ANYWHERE = { network: { connection: 'ANYWHERE' } }

const PASSWORD_SETTINGS = passwordSettings({})

const ENROLMENT_SETTINGS: Document = {
  type: 'AUTHENTICATORS',
  authenticators: [
    { key: 'okta_password', enroll: { self: 'REQUIRED' } },
    ...AUTHENTICATOR_KEYS.map((key) => ({ key, enroll: { self: 'OPTIONAL' } })),
  ],
}

const SIGN_ON: Document = {
  access: 'ALLOW',
  requireFactor: false,
  primaryFactor: 'PASSWORD_IDP_ANY_FACTOR',
  rememberDeviceByDefault: false,
  session: { usePersistentCookie: false, maxSessionIdleMinutes: 120, maxSessionLifetimeMinutes: 0 },
}

const ANY_TWO_FACTORS: Document = {
  access: 'ALLOW',
  verificationMethod: {
    factorMode: '2FA',
    type: 'ASSURANCE',
    reauthenticateIn: 'PT2H',
    constraints: [{ possession: { userPresence: 'REQUIRED' } }],
  },
}

const PROFILE_ENROLLMENT: Document = {
  access: 'ALLOW',
  preRegistrationInlineHooks: null,
  profileAttributes: [
    { name: 'email', label: 'Email', required: true },
    { name: 'firstName', label: 'First name', required: true },
    { name: 'lastName', label: 'Last name', required: true },
  ],
  targetGroupIds: null,
  unknownUserAction: 'DENY',
  activationRequirements: { emailVerification: true },
  progressiveProfilingAction: 'DISABLED',
  allowedIdentifiers: ['login'],
}

function drafts(everyoneGroupId: string): readonly Draft[] {
  const people = { people: { groups: { include: [everyoneGroupId] } } }
  return [
    {
      type: 'OKTA_SIGN_ON',
      conditions: people,
      rule: {
        conditions: { people: { users: { exclude: [] } }, ...ANYWHERE, authContext: { authType: 'ANY' } },
        actions: { signon: SIGN_ON },
      },
    },
    {
      type: 'PASSWORD',
      conditions: { ...people, authProvider: { provider: 'OKTA' } },
      settings: PASSWORD_SETTINGS,
      rule: {
        conditions: { people: { users: { exclude: [] } }, ...ANYWHERE },
        actions: {
          passwordChange: { access: 'ALLOW' },
          selfServicePasswordReset: { access: 'ALLOW' },
          selfServiceUnlock: { access: 'DENY' },
        },
      },
    },
    {
      type: 'MFA_ENROLL',
      conditions: people,
      settings: ENROLMENT_SETTINGS,
      rule: {
        conditions: { people: { users: { exclude: [] } }, ...ANYWHERE },
        actions: { enroll: { self: 'LOGIN' } },
      },
    },
    {
      type: 'ACCESS_POLICY',
      name: 'Any two factors',
      description: 'Require two factors to access.',
      rule: { ...CATCH_ALL, actions: { appSignOn: ANY_TWO_FACTORS } },
    },
    { type: 'PROFILE_ENROLLMENT', rule: { ...CATCH_ALL, actions: { profileEnrollment: PROFILE_ENROLLMENT } } },
    {
      type: 'IDP_DISCOVERY',
      rule: {
        actions: { idp: { providers: [{ type: 'OKTA' }], idpSelectionType: 'SPECIFIC', matchCriteria: [] } },
      },
    },
  ]
}

/** One system policy of each type with its one rule; `everyoneGroupId` names the group of everybody where a policy names a group. */
export function defaultPolicies(now: Instant, random: RandomBytes, everyoneGroupId: string): readonly DefaultPolicy[] {
  return drafts(everyoneGroupId).map((draft) => {
    const times = { status: 'ACTIVE', system: true, created: now, lastUpdated: now } as const
    const ofApps = draft.type === 'ACCESS_POLICY' || draft.type === 'PROFILE_ENROLLMENT'
    const policy: Policy = {
      ...times,
      id: newId(ofApps ? 'appPolicy' : 'policy', now, random),
      type: draft.type,
      name: draft.name ?? 'Default Policy',
      description: draft.description ?? DESCRIPTION,
      priority: 1,
      conditions: draft.conditions,
      settings: draft.settings,
    }
    const rule: PolicyRule = {
      ...times,
      id: newId(ofApps ? 'appPolicyRule' : 'policyRule', now, random),
      policyId: policy.id,
      policyType: draft.type,
      name: draft.rule.name ?? 'Default Rule',
      priority: draft.rule.priority ?? 1,
      conditions: draft.rule.conditions,
      actions: draft.rule.actions,
    }
    return { policy, rule }
  })
}
