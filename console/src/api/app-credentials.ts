// Client secrets and public keys of an app.
import { queryOptions } from '@tanstack/react-query'
import { appQuery } from './apps.ts'
import { call } from './client.ts'
import { queryClient } from './query-client.ts'

export const secretsQuery = (appId: string) =>
  queryOptions({
    queryKey: [...appQuery(appId).queryKey, 'secrets'],
    queryFn: ({ signal }) => call('GET /api/v1/apps/{appId}/credentials/secrets', { params: { appId }, signal }),
  })

export const keysQuery = (appId: string) =>
  queryOptions({
    queryKey: [...appQuery(appId).queryKey, 'keys'],
    queryFn: ({ signal }) => call('GET /api/v1/apps/{appId}/credentials/jwks', { params: { appId }, signal }),
  })

const refresh = (appId: string) => queryClient.invalidateQueries({ queryKey: appQuery(appId).queryKey })

export async function addSecret(appId: string): Promise<void> {
  await call('POST /api/v1/apps/{appId}/credentials/secrets', { params: { appId } })
  await refresh(appId)
}

export async function setSecretStatus(appId: string, id: string, status: 'ACTIVE' | 'INACTIVE'): Promise<void> {
  const params = { appId, id }
  if (status === 'ACTIVE')
    await call('POST /api/v1/apps/{appId}/credentials/secrets/{id}/lifecycle/activate', { params })
  else await call('POST /api/v1/apps/{appId}/credentials/secrets/{id}/lifecycle/deactivate', { params })
  await refresh(appId)
}

export async function deleteSecret(appId: string, id: string): Promise<void> {
  await call('DELETE /api/v1/apps/{appId}/credentials/secrets/{id}', { params: { appId, id } })
  await refresh(appId)
}

/** @param key a public key as a JWK */
export async function addKey(appId: string, key: Readonly<Record<string, unknown>>): Promise<void> {
  await call('POST /api/v1/apps/{appId}/credentials/jwks', { params: { appId }, body: key })
  await refresh(appId)
}

export async function setKeyStatus(appId: string, id: string, status: 'ACTIVE' | 'INACTIVE'): Promise<void> {
  const params = { appId, id }
  if (status === 'ACTIVE') await call('POST /api/v1/apps/{appId}/credentials/jwks/{id}/lifecycle/activate', { params })
  else await call('POST /api/v1/apps/{appId}/credentials/jwks/{id}/lifecycle/deactivate', { params })
  await refresh(appId)
}

export async function deleteKey(appId: string, id: string): Promise<void> {
  await call('DELETE /api/v1/apps/{appId}/credentials/jwks/{id}', { params: { appId, id } })
  await refresh(appId)
}
