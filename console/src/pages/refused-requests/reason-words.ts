// Reasons and differences in a few words.
import type { Difference, RefusedRequest } from '../../api/types.ts'

export const REASON_WORDS: Readonly<Record<RefusedRequest['reason'], string>> = {
  'unknown-client-id': 'Unknown client ID',
  'unknown-redirect-uri': 'Redirect URI not registered',
  'unknown-post-logout-redirect-uri': 'Sign-out URI not registered',
  'origin-not-registered': "Origin is not the app's",
  'origin-not-trusted': 'Origin not trusted',
  'redirect-not-trusted': 'Address not trusted',
  'frame-not-trusted': 'Frame not trusted',
  'grant-not-allowed': 'Grant type not allowed',
  'grant-not-served': 'Grant type not served',
  'pkce-missing': 'PKCE missing',
  'user-not-assigned': 'Person not assigned',
  'wrong-client-type': 'Wrong type of app',
  'wrong-client-authentication': 'Wrong client authentication',
}

const MARK_WORDS: Readonly<Record<Difference['marks'][number]['kind'], string>> = {
  scheme: 'http or https',
  host: 'host',
  port: 'port',
  path: 'path',
  'trailing-slash': 'slash at the end',
  case: 'upper and lower case',
  query: 'query',
  fragment: 'fragment',
}

/** "port and slash at the end". */
export function differenceWords({ marks, registered }: Difference, sent: string): string {
  const isWeb = (text: string) => /^https?:/i.test(text)
  const words = marks.map(({ kind }) =>
    kind === 'scheme' && !(isWeb(sent) && isWeb(registered)) ? 'scheme' : MARK_WORDS[kind],
  )
  return new Intl.ListFormat('en', { type: 'conjunction' }).format([...new Set(words)])
}

/** What the registered ones are, for their heading. */
export const REGISTERED_WORDS: Readonly<Partial<Record<RefusedRequest['reason'], string>>> = {
  'unknown-redirect-uri': 'Registered sign-in redirect URIs',
  'unknown-post-logout-redirect-uri': 'Registered sign-out redirect URIs',
  'origin-not-registered': "The app's origins, and trusted ones",
  'origin-not-trusted': 'Trusted origins',
  'redirect-not-trusted': 'Origins trusted for redirects',
  'frame-not-trusted': 'Origins trusted for iFrame embed',
  'grant-not-allowed': 'Allowed grant types',
  'wrong-client-type': 'Registered as',
  'wrong-client-authentication': 'Registered client authentication',
}
