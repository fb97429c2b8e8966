// The program of the peer's process: oidc-provider in memory, set up to give what Keystead gives. It tells its parent where it listens,
// and on being asked makes refresh tokens and hands them over.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'
import type { FromPeer, ToPeer } from './peer.ts'
import { mapAdapter } from './peer-store.ts'
import { SCOPES, SERVICE_SCOPE } from './subject.ts'

const HOUR = 3_600
const DAY = 24 * HOUR
const RESOURCE = 'api://default'
const SPA = 'bench-spa'
const SERVICE = 'bench-service'

const { BENCH_PEER_JWK = '{}' } = process.env
const secret = randomBytes(32).toString('base64url')
const authenticated = Math.floor(Date.now() / 1_000)

const server = createServer().listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
const url = `http://127.0.0.1:${address && typeof address !== 'string' ? address.port : 0}`

const provider = new Provider(url, {
  adapter: () => mapAdapter(),
  jwks: { keys: [JSON.parse(BENCH_PEER_JWK)] },
  cookies: { keys: [randomBytes(32).toString('base64url')] },
  clients: [
    {
      client_id: SPA,
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: ['http://localhost:8080/login/callback'],
      application_type: 'native',
    },
    {
      client_id: SERVICE,
      client_secret: secret,
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
    },
  ],
  scopes: ['openid', 'profile', 'email', 'offline_access', SERVICE_SCOPE],
  claims: { openid: ['sub', 'ver', 'idp'], profile: ['name', 'preferred_username'], email: ['email'] },
  rotateRefreshToken: true,
  ttl: { Grant: 90 * DAY, RefreshToken: 90 * DAY, IdToken: HOUR, AccessToken: HOUR, ClientCredentials: HOUR },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: `${SCOPES} ${SERVICE_SCOPE}`,
        audience: RESOURCE,
        accessTokenTTL: HOUR,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
  extraTokenClaims: (_context: unknown, { accountId }: { accountId?: string }) => ({
    ver: 1,
    ...(accountId === undefined ? {} : { uid: accountId, auth_time: authenticated }),
  }),
  findAccount: (_context: unknown, accountId: string) => ({
    accountId,
    claims: () => ({
      sub: accountId,
      name: 'Ada Lovelace',
      preferred_username: accountId,
      email: accountId,
      ver: 1,
      idp: '00o1benchBENCHbench0',
    }),
  }),
})
server.on('request', provider.callback())

async function makeRefreshToken(accountId: string): Promise<string> {
  const grant = new provider.Grant({ accountId, clientId: SPA })
  grant.addOIDCScope(SCOPES)
  grant.addResourceScope(RESOURCE, SCOPES)
  const grantId = await grant.save()
  const token = new provider.RefreshToken({
    accountId,
    client: await provider.Client.find(SPA),
    grantId,
    gty: 'authorization_code',
    scope: SCOPES,
    resource: RESOURCE,
    authTime: authenticated,
    amr: ['pwd'],
  })
  return token.save()
}

const tell = (message: FromPeer) => process.send?.(message)

process.on('message', async ({ families }: ToPeer) => {
  const names = Array.from({ length: families }, (_, index) => `person${index}@example.com`)
  const refreshTokens = await Promise.all(names.map(makeRefreshToken))
  tell({
    kind: 'prepared',
    spa: { clientId: SPA, refreshTokens },
    service: { clientId: SERVICE, secret, scope: SERVICE_SCOPE },
  })
})
process.on('disconnect', () => process.exit())
tell({ kind: 'ready', url })
