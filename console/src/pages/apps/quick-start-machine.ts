// Snippets that run on a machine: a web app's server, an installed app, a service.
import { portOf, type QuickStart, type Values } from './quick-start-values.ts'

export const web = (values: Values): QuickStart => ({
  id: 'node',
  label: 'Node',
  steps: [
    { title: 'Install', where: 'shell', code: 'npm install openid-client' },
    {
      title: 'Sign in',
      where: 'server.mjs',
      code: `import { createServer } from 'node:http'
import * as client from 'openid-client'

const issuer = new URL('${values.issuer}')
const redirectUri = '${values.redirectUri}'
const secret = process.env.CLIENT_SECRET
const config = await client.discovery(issuer, '${values.clientId}', secret, client.${values.authentication}(secret)${insecure(values)})

createServer(async (request, response) => {
  const url = new URL(request.url, redirectUri)
  try {
    if (url.pathname === '/') await begin(response)
    else if (url.pathname === '${values.callback}') await finish(url, request, response)
    else response.writeHead(404).end()
  } catch (error) {
    response.writeHead(400).end(String(error))
  }
}).listen(${portOf(values)})

/** Sends the person to sign in. The cookie ties the answer to this browser. */
async function begin(response) {
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const to = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: '${values.scopes}',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
  })
  const cookie = \`begun=\${verifier}.\${state}; Path=/; HttpOnly; SameSite=Lax\`
  response.writeHead(302, { location: to.href, 'set-cookie': cookie }).end()
}

/** The person is back with a code. */
async function finish(url, request, response) {
  const [, verifier, state] = /begun=([^.;]+).([^;]+)/.exec(request.headers.cookie ?? '') ?? []
  const tokens = await client.authorizationCodeGrant(config, url, { pkceCodeVerifier: verifier, expectedState: state })
  response.end(\`Hello \${tokens.claims().name}\`)
}`,
    },
    { title: 'Run it', where: 'shell', code: 'CLIENT_SECRET=the-client-secret node server.mjs' },
  ],
})

/** openid-client wants to be told that plain http is meant. */
const insecure = ({ issuer }: Values): string =>
  issuer.startsWith('http:') ? ', {\n  execute: [client.allowInsecureRequests],\n}' : ''

// A library for the platform (AppAuth, Okta's mobile SDKs) does the same three things; so this is what it has to be told, tried by hand.
export const native = (values: Values): QuickStart => ({
  id: 'native',
  label: 'By hand',
  steps: [
    {
      title: 'Print the address to open in a browser',
      where: 'shell',
      code: `VERIFIER=$(openssl rand -hex 32)
CHALLENGE=$(printf %s $VERIFIER | openssl dgst -sha256 -binary | openssl base64 | tr '+/' '-_' | tr -d '=')

echo "${values.issuer}/v1/authorize?${authorizeQuery(values)}&code_challenge=$CHALLENGE&code_challenge_method=S256"`,
    },
    {
      title: 'Sign in there, take the code from the address that comes back, and trade it for tokens',
      where: 'shell',
      code: `curl -s ${values.issuer}/v1/token \\
  -d grant_type=authorization_code -d client_id=${values.clientId} \\
  --data-urlencode 'redirect_uri=${values.redirectUri}' \\
  -d code=$CODE -d code_verifier=$VERIFIER`,
    },
  ],
})

const authorizeQuery = ({ clientId, redirectUri, scopes }: Values): string =>
  new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: scopes,
    redirect_uri: redirectUri,
    state: 'any',
  }).toString()

export const service = (values: Values): QuickStart => ({
  id: 'curl',
  label: 'curl',
  steps: [
    {
      title: 'Get a token',
      where: 'shell',
      code: `curl -s ${values.issuer}/v1/token \\
  -u "${values.clientId}:$CLIENT_SECRET" \\
  -d grant_type=client_credentials -d scope=YOUR_SCOPE`,
    },
  ],
})
