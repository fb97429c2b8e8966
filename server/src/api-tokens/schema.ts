// API tokens on the wire.
import Type from 'typebox'
import { link } from '#http/wire.ts'
import { isoText } from '#kernel/instant.ts'
import type { ApiToken } from './api-token.ts'
import type { CreatedApiToken } from './manage-service.ts'

export const ApiTokenBody = Type.Object({ name: Type.String() })

const ANSWER = {
  id: Type.String(),
  name: Type.String(),
  userId: Type.String(),
  clientName: Type.String(),
  tokenWindow: Type.String(),
  network: Type.Object({ connection: Type.String() }),
  expiresAt: Type.String(),
  created: Type.String(),
  lastUpdated: Type.String(),
}

export const ApiTokenAnswer = Type.Object(ANSWER, { title: 'ApiToken' })
export const ApiTokenListAnswer = Type.Array(ApiTokenAnswer)
export const CreatedApiTokenAnswer = Type.Object({ ...ANSWER, token: Type.String() }, { title: 'CreatedApiToken' })

export const toWire = (orgUrl: string, { id, name, userId, created, lastUpdated, expires }: ApiToken) => ({
  id,
  name,
  userId,
  clientName: 'Okta API',
  tokenWindow: 'P30D',
  network: { connection: 'ANYWHERE' },
  expiresAt: isoText(expires),
  created: isoText(created),
  lastUpdated: isoText(lastUpdated),
  _links: {
    self: link(`${orgUrl}/api/v1/api-tokens/${id}`, 'GET', 'DELETE'),
    user: link(`${orgUrl}/api/v1/users/${userId}`, 'GET'),
  },
})

/** The one answer that holds the value. */
export const createdToWire = (orgUrl: string, { token, value }: CreatedApiToken) => ({
  ...toWire(orgUrl, token),
  token: value,
})
