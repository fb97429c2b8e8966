// Whether a person must be asked before an app gets scopes (spec: 4.3, the consent table). Pure; only custom servers ask.
import type { App } from '#apps/app.ts'
import type { AuthorizationServer, Scope } from '#authorization-servers/authorization-server.ts'

/** What a person said on the consent page of this very interaction. */
export interface ConsentAnswer {
  readonly allowed: boolean
  /** The scopes that the page showed. */
  readonly shown: readonly string[]
  /** Those of them that were allowed. */
  readonly scopes: readonly string[]
}

export interface ConsentQuestion {
  readonly server: AuthorizationServer | undefined
  readonly app: Pick<App, 'consentMethod'>
  readonly scopes: readonly string[]
  readonly prompt: readonly string[]
  /** Remembered from before. */
  readonly given: readonly string[]
  readonly answer: ConsentAnswer | undefined
}

export type ConsentDecision =
  /** Without the scopes that the person does not want the app to have. */
  | { readonly kind: 'proceed'; readonly declined: readonly string[] }
  | { readonly kind: 'ask'; readonly scopes: readonly Scope[] }
  /** Somebody would have to be asked, and the request says not to. */
  | { readonly kind: 'required'; readonly scopes: readonly Scope[] }

export function decideConsent(question: ConsentQuestion): ConsentDecision {
  const { prompt, given, answer } = question
  const concerned = scopesConcerned(question)
  if (answer && concerned.every(({ name }) => answer.shown.includes(name)))
    return { kind: 'proceed', declined: answer.shown.filter((name) => !answer.scopes.includes(name)) }
  if (prompt.includes('consent')) return concerned.length > 0 ? { kind: 'ask', scopes: concerned } : PROCEED
  const missing = concerned.filter(({ name }) => !given.includes(name))
  if (missing.length === 0) return PROCEED
  if (!prompt.includes('none')) return { kind: 'ask', scopes: concerned }
  // Who unticked an optional scope once must still get silent renewals, without it.
  const blocking = missing.filter(({ optional }) => !optional)
  return blocking.length > 0
    ? { kind: 'required', scopes: blocking }
    : { kind: 'proceed', declined: missing.map(({ name }) => name) }
}

const PROCEED: ConsentDecision = { kind: 'proceed', declined: [] }

/** Those that can't be had without the person's word, as they were asked for. `prompt=consent` asks for trusted apps too. */
function scopesConcerned({ server, app, scopes, prompt }: ConsentQuestion): readonly Scope[] {
  if (!server || (app.consentMethod === 'TRUSTED' && !prompt.includes('consent'))) return []
  return scopes
    .flatMap((name) => server.scopes.find((scope) => scope.name === name) ?? [])
    .filter((scope) => scope.consent !== 'IMPLICIT')
}
