// An app's client secrets and public keys, at /api/v1/apps/{appId}/credentials/….
import { empty, json } from '#http/answer.ts'
import { type Call, type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import {
  ClientKeyListAnswer,
  clientKeyToWire,
  KeyBody,
  SecretBody,
  SecretListAnswer,
  secretFromWire,
  secretToWire,
} from './credential-schema.ts'
import { addKey, getKey, listKeys, removeKey, setKeyStatus } from './key-service.ts'
import { activateSecret, addSecret, deactivateSecret, getSecret, listSecrets, removeSecret } from './secret-service.ts'

const SECRETS = '/api/v1/apps/:appId/credentials/secrets'
const KEYS = '/api/v1/apps/:appId/credentials/jwks'

const read = { zone: 'none', bucket: 'app', permission: 'okta.apps.read' } as const
const manage = { zone: 'none', bucket: 'app', permission: 'okta.apps.manage' } as const

export const credentialRoutes = (deps: Deps): readonly Route[] => [...secretRoutes(deps), ...keyRoutes(deps)]

const secretRoutes = (deps: Deps): readonly Route[] => [
  route({
    method: 'GET',
    url: SECRETS,
    ...read,
    summary: 'List all client secrets of an app',
    answer: SecretListAnswer,
    async handler({ caller, params }) {
      const { appId } = place(params)
      const secrets = await listSecrets(deps, caller, appId)
      return json(
        200,
        secrets.map((secret) => secretToWire(secret, appId, caller.orgUrl)),
      )
    },
  }),
  route({
    method: 'POST',
    url: SECRETS,
    ...manage,
    summary: 'Add a client secret',
    body: SecretBody,
    async handler({ caller, params, body }) {
      const { appId } = place(params)
      return json(201, secretToWire(await addSecret(deps, caller, appId, secretFromWire(body)), appId, caller.orgUrl))
    },
  }),
  route({
    method: 'GET',
    url: `${SECRETS}/:id`,
    ...read,
    summary: 'Read a client secret',
    async handler({ caller, params }) {
      const { appId, id } = place(params)
      return json(200, secretToWire(await getSecret(deps, caller, appId, id), appId, caller.orgUrl))
    },
  }),
  route({
    method: 'DELETE',
    url: `${SECRETS}/:id`,
    ...manage,
    summary: 'Delete an inactive client secret',
    async handler({ caller, params }) {
      const { appId, id } = place(params)
      await removeSecret(deps, caller, appId, id)
      return empty(204)
    },
  }),
  route({
    method: 'POST',
    url: `${SECRETS}/:id/lifecycle/activate`,
    ...manage,
    summary: 'Activate a client secret',
    async handler({ caller, params }) {
      const { appId, id } = place(params)
      return json(200, secretToWire(await activateSecret(deps, caller, appId, id), appId, caller.orgUrl))
    },
  }),
  route({
    method: 'POST',
    url: `${SECRETS}/:id/lifecycle/deactivate`,
    ...manage,
    summary: 'Deactivate a client secret',
    async handler({ caller, params }) {
      const { appId, id } = place(params)
      return json(200, secretToWire(await deactivateSecret(deps, caller, appId, id), appId, caller.orgUrl))
    },
  }),
]

const keyRoutes = (deps: Deps): readonly Route[] => [
  route({
    method: 'GET',
    url: KEYS,
    ...read,
    summary: 'List all public keys of an app',
    answer: ClientKeyListAnswer,
    async handler({ caller, params }) {
      const { appId } = place(params)
      return json(
        200,
        (await listKeys(deps, caller, appId)).map((key) => clientKeyToWire(key, appId, caller.orgUrl)),
      )
    },
  }),
  route({
    method: 'POST',
    url: KEYS,
    ...manage,
    summary: 'Add a public key',
    body: KeyBody,
    async handler({ caller, params, body }) {
      const { appId } = place(params)
      return json(201, clientKeyToWire(await addKey(deps, caller, appId, body), appId, caller.orgUrl))
    },
  }),
  route({
    method: 'GET',
    url: `${KEYS}/:id`,
    ...read,
    summary: 'Read a public key',
    async handler({ caller, params }) {
      const { appId, id } = place(params)
      return json(200, clientKeyToWire(await getKey(deps, caller, appId, id), appId, caller.orgUrl))
    },
  }),
  route({
    method: 'DELETE',
    url: `${KEYS}/:id`,
    ...manage,
    summary: 'Delete an inactive public key',
    async handler({ caller, params }) {
      const { appId, id } = place(params)
      await removeKey(deps, caller, appId, id)
      return empty(204)
    },
  }),
  ...(['activate', 'deactivate'] as const).map((verb) =>
    route({
      method: 'POST',
      url: `${KEYS}/:id/lifecycle/${verb}`,
      ...manage,
      summary: verb === 'activate' ? 'Activate a public key' : 'Deactivate a public key',
      async handler({ caller, params }) {
        const { appId, id } = place(params)
        const key = await setKeyStatus(deps, caller, { appId, id }, verb === 'activate' ? 'ACTIVE' : 'INACTIVE')
        return json(200, clientKeyToWire(key, appId, caller.orgUrl))
      },
    }),
  ),
]

const place = (params: Call['params']) => ({ appId: params.appId ?? '', id: params.id ?? '' })
