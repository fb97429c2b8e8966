// Where somebody goes who came back in by a link: on with the request that was interrupted, where this is still the browser in which it was;
// else to the app's own page, which begins anew; else to where a page of the authentication API said; else to the start. Pure.
import type { App } from '#apps/app.ts'
import { initiateLoginAddress } from '#apps/initiate-login.ts'

export interface ReturnFacts {
  /** The app that they were on the way to, while it is active and theirs. */
  readonly app: App | undefined
  readonly issuer: string
  readonly loginHint: string
  /** Checked: on the org, or at an origin that it trusts. */
  readonly relayTarget: string | undefined
}

export type ReturnTarget =
  | { readonly kind: 'initiate-login'; readonly location: string }
  | { readonly kind: 'relay'; readonly location: string }
  | { readonly kind: 'start' }

export function decideReturn({ app, issuer, loginHint, relayTarget }: ReturnFacts): ReturnTarget {
  const location = app && initiateLoginAddress(app, { issuer, loginHint })
  if (location !== undefined) return { kind: 'initiate-login', location }
  return relayTarget === undefined ? { kind: 'start' } : { kind: 'relay', location: relayTarget }
}
