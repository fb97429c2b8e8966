// What the global session policy says of a person who has just proved who they are (spec of sign-in: 6.2). Pure.
import { choosePolicy, type PolicyPerson } from './choose-policy.ts'
import { countOf, type Document, memberOf, type Policies } from './policy.ts'

/** How long a session lasts. */
export interface SessionRule {
  readonly idleMinutes: number
  /** 0 is without end. */
  readonly lifetimeMinutes: number
  /** The cookie outlives the browser. */
  readonly persistent: boolean
}

export const PROMPT_MODES = ['ALWAYS', 'DEVICE', 'SESSION'] as const
export type PromptMode = (typeof PROMPT_MODES)[number]

/** When a second factor is asked for. */
export interface FactorDemand {
  /** At every sign-in; once on a device; or once in `lifetimeMinutes`. */
  readonly promptMode: PromptMode
  /** How long a factor that was proved is good, for the mode `SESSION`; 0 is as long as the session. */
  readonly lifetimeMinutes: number
  /** "Do not challenge me on this device" is ticked beforehand. */
  readonly rememberDeviceByDefault: boolean
}

export type SignOn =
  | { readonly access: 'DENY'; readonly by: SignOnSource }
  | {
      readonly access: 'ALLOW'
      readonly by: SignOnSource
      readonly session: SessionRule
      /** Undefined: the password is enough. */
      readonly factor: FactorDemand | undefined
    }

/** The policy and the rule that decided. */
export interface SignOnSource {
  readonly policy: { readonly id: string; readonly name: string }
  readonly rule: { readonly id: string; readonly name: string }
}

export const DEFAULT_SESSION_RULE: SessionRule = { idleMinutes: 120, lifetimeMinutes: 0, persistent: false }
const NOWHERE: SignOnSource = { policy: { id: '', name: '' }, rule: { id: '', name: '' } }

/** Where no rule is for the person, nobody has allowed them anything. */
export function decideSignOn(policies: Policies, person: PolicyPerson): SignOn {
  const chosen = choosePolicy(policies, 'OKTA_SIGN_ON', person)
  if (!chosen) return { access: 'DENY', by: NOWHERE }
  const { policy, rule } = chosen
  const by = { policy: { id: policy.id, name: policy.name }, rule: { id: rule.id, name: rule.name } }
  const signon = memberOf(rule.actions, 'signon')
  if (signon.access !== 'ALLOW') return { access: 'DENY', by }
  return { access: 'ALLOW', by, session: sessionRuleOf(memberOf(signon, 'session')), factor: factorDemandOf(signon) }
}

/** The default stands for what isn't said. */
export function sessionRuleOf(session: Document): SessionRule {
  const { idleMinutes, lifetimeMinutes } = DEFAULT_SESSION_RULE
  const idle = countOf(session, 'maxSessionIdleMinutes', idleMinutes)
  return {
    // A session that is idle at once would be none.
    idleMinutes: idle === 0 ? idleMinutes : idle,
    lifetimeMinutes: countOf(session, 'maxSessionLifetimeMinutes', lifetimeMinutes),
    persistent: session.usePersistentCookie === true,
  }
}

function factorDemandOf(signon: Document): FactorDemand | undefined {
  if (signon.requireFactor !== true) return undefined
  return {
    promptMode: PROMPT_MODES.find((mode) => mode === signon.factorPromptMode) ?? 'ALWAYS',
    lifetimeMinutes: countOf(signon, 'factorLifetime', 0),
    rememberDeviceByDefault: signon.rememberDeviceByDefault === true,
  }
}
