// How a client proves itself, in words, and the request that changes it.
import type { AppBody } from '../../api/apps.ts'
import type { App } from '../../api/types.ts'

export const AUTHENTICATIONS = [
  { value: 'none', label: 'None', sentence: 'A public client: PKCE alone.' },
  {
    value: 'client_secret_basic',
    label: 'Client secret, in the Authorization header',
    sentence: 'client_secret_basic: what most libraries do unasked.',
  },
  { value: 'client_secret_post', label: 'Client secret, in the body', sentence: 'client_secret_post' },
  {
    value: 'client_secret_jwt',
    label: 'Client secret, as a signed assertion',
    sentence: 'client_secret_jwt: the secret itself is never sent. It needs 32 characters or more.',
  },
  {
    value: 'private_key_jwt',
    label: 'Public key / Private key',
    sentence: 'private_key_jwt: the app keeps a private key; only its public half stands here. Add a key below first.',
  },
] as const

export const authenticationLabel = (method: string): string =>
  AUTHENTICATIONS.find(({ value }) => value === method)?.label ?? method

interface CredentialsValues {
  readonly method: string
  readonly pkce: boolean
}

/** The whole app with another way to prove itself: a PUT resets what it does not say. */
export function credentialsRequest(app: App, { method, pkce }: CredentialsValues): AppBody {
  const { _links, ...rest } = app
  return {
    ...(rest as AppBody),
    credentials: {
      ...app.credentials,
      oauthClient: {
        ...app.credentials.oauthClient,
        token_endpoint_auth_method: method,
        pkce_required: method === 'none' || pkce,
      },
    },
  }
}
