// Whether a person must be asked before an app gets scopes (spec: 4.3, the consent table). Pure; only custom servers ask.
import type { App } from '#apps/app.ts'
import type { AuthorizationServer, Scope } from '#authorization-servers/authorization-server.ts'

export interface ConsentQuestion {
  readonly server: AuthorizationServer | undefined
  readonly app: Pick<App, 'consentMethod'>
  readonly scopes: readonly string[]
  readonly prompt: readonly string[]
  /** Given before. */
  readonly given: readonly string[]
  /** Asked and answered in this very interaction. */
  readonly answered: boolean
}

/** The scopes to ask for; empty when nobody needs to be asked. */
export function scopesToAsk({ server, app, scopes, prompt, given, answered }: ConsentQuestion): readonly Scope[] {
  if (!server || answered) return []
  const asked = server.scopes.filter((scope) => scopes.includes(scope.name) && scope.consent !== 'IMPLICIT')
  if (prompt.includes('consent')) return asked
  if (app.consentMethod === 'TRUSTED') return []
  return asked.every((scope) => given.includes(scope.name)) ? [] : asked
}
