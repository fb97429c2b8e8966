// Base URIs of an app are trusted origins that the app's form makes.
import { call } from './client.ts'
import { queryClient } from './query-client.ts'

/** Trusts the origin for CORS and redirects; one that is known already stays as it is. @throws {ApiError} */
export async function trustBaseUri(uri: string): Promise<void> {
  const { origin } = new URL(uri)
  const known = await call('GET /api/v1/trustedOrigins', { query: { filter: `origin eq "${origin}"` } })
  if (known.length > 0) return
  await call('POST /api/v1/trustedOrigins', {
    body: { name: origin, origin, scopes: [{ type: 'CORS' }, { type: 'REDIRECT' }] },
  })
  await queryClient.invalidateQueries({ queryKey: ['trusted-origins'] })
}
