// Apps for this room's tests: as they are sent, and as drafts.

import { instant } from '#kernel/instant.ts'
import type { App } from './app.ts'
import { newApp } from './new-app.ts'
import { appFromWire } from './schema.ts'

type Members = Readonly<Record<string, unknown>>

export interface AppParts {
  readonly app?: Members
  readonly credentials?: Members
  readonly oauthClient?: Members
}

let made = 0

/** The guide's single-page app as it is sent, with other members laid over it. */
export const sentApp = ({ app = {}, credentials = {}, oauthClient = {} }: AppParts = {}) => ({
  name: 'oidc_client',
  label: `Test app ${++made}`,
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: credentials },
  settings: {
    oauthClient: {
      application_type: 'browser',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: ['http://localhost:8080/login/callback'],
      ...oauthClient,
    },
  },
  ...app,
})

export const WEB = { application_type: 'web' }
export const SERVICE = {
  application_type: 'service',
  grant_types: ['client_credentials'],
  response_types: ['token'],
  redirect_uris: [],
}

export const NOW = instant(Date.UTC(2026, 0, 15, 12, 0, 0))

/** The app that a creation makes of it. */
export function builtApp(parts: AppParts = {}): App {
  const draft = appFromWire(sentApp(parts) as Parameters<typeof appFromWire>[0])
  const keyIds = draft.keys.map((_, at) => `pks${at}`)
  return newApp(draft, '0oa0000000000000test', { now: NOW, keyIds })
}

/** P-256 keys of which nobody has the private part. */
export const EC_KEY = {
  kty: 'EC',
  crv: 'P-256',
  x: 'K37X78mXJHHldZYMzrwipjKR-YZUS2SMye0KindHp6I',
  y: '8IfvsvXWzbFWOZoVOMwgF5p46mUj3kbOVf9Fk0vVVHo',
}

/** The fields of the causes that a Refusal names. */
export const refusalOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof Error && error.name === 'Refusal' && 'facts' in error) {
      const { subject, causes } = error.facts as { subject: string; causes: readonly string[] }
      return `${subject} | ${causes.join(' | ')}`
    }
    throw error
  }
  return 'accepted'
}
