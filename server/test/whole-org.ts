// Fills an org with one of everything that can be made, through the API and a browser, and says what it was called.
import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import type { RoleType } from '#kernel/caller.ts'
import { DAY, later } from '#kernel/instant.ts'
import { deliverDue } from '#mail/delivery.ts'
import { queueMail, sealMail } from '#mail/service.ts'
import { rememberDevice } from '#sign-in/remembered-device-store.ts'
import { CONSOLE_COOKIE, openConsole } from './console-client.ts'
import type { Fixture, TestOrg } from './fixture.ts'
import {
  authorizePath,
  basic,
  callback,
  hiddenFields,
  newApp,
  newBrowser,
  newPerson,
  newPkce,
  OFFLINE,
  REDIRECT_URI,
  submitSignIn,
  type TestApp,
  type TestPerson,
  type Tokens,
  tokenRequest,
  visit,
} from './oauth-client.ts'
import { uploadOf } from './upload.ts'

/** Ids of the API, by what they name. */
export interface OrgIds {
  readonly app: string
  readonly clientSecret: string
  readonly clientKey: string
  readonly user: string
  readonly group: string
  readonly role: string
  /** Waits to be activated. */
  readonly factor: string
  readonly authenticator: string
  /** The secret of its picture's link. */
  readonly qrCode: string
  readonly trustedOrigin: string
  readonly feature: string
  readonly logo: string
  readonly session: string
  readonly apiToken: string
  readonly server: string
  readonly scope: string
  readonly claim: string
  readonly accessPolicy: string
  readonly accessRule: string
  readonly kid: string
  readonly policy: string
  readonly policyRule: string
  readonly refusedRequest: string
  /** The secrets of links, which stand in paths like ids. */
  readonly resetLink: string
  readonly activationLink: string
  readonly client: string
  readonly refreshToken: string
  readonly consent: string
  /** In the mailbox. */
  readonly mail: string
}

export interface WholeOrg {
  readonly org: TestOrg
  readonly ids: OrgIds
  readonly app: TestApp
  readonly person: TestPerson
  readonly tokens: Tokens
  /** Not redeemed. */
  readonly code: { readonly value: string; readonly verifier: string }
  readonly sessionToken: string
  /** Of a sign-in that waits for another password. */
  readonly stateToken: string
  readonly sessionCookie: string
  /** Of the Admin Console. */
  readonly consoleCookie: string
}

type Api = (method: string, path: string, json?: unknown) => Promise<unknown>

/** `mark` stands in every name. An assignment of a role is called after the role, in every org alike. */
export async function fillOrg(fixture: Fixture, org: TestOrg, mark: string, roleType: RoleType): Promise<WholeOrg> {
  const api = async (method: string, path: string, json?: unknown) => {
    const answer = await fixture.request(method, `/api/v1${path}`, { org, ...(json === undefined ? {} : { json }) })
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text}`)
    return answer.json
  }
  const app = await newApp(fixture, { type: 'web', app: { label: `${mark} web app` } }, org)
  const person = await newPerson(fixture, { city: mark, displayName: `${mark} person` }, org)
  const keys = await fixture.request('GET', '/oauth2/v1/keys', { org })
  const clientKey = await api('POST', `/apps/${app.id}/credentials/jwks`, { ...keys.json.keys[0], kid: `${mark}-key` })
  const clientSecret = await api('POST', `/apps/${app.id}/credentials/secrets`, {})
  const group = await api('POST', '/groups', { profile: { name: `${mark} group`, description: mark } })
  await api('PUT', `/groups/${group.id}/users/${person.id}`)
  await api('PUT', `/apps/${app.id}/groups/${group.id}`, {})
  await api('POST', `/apps/${app.id}/users`, { id: person.id, credentials: { userName: `${mark}-name` } })
  const forgetful = await newPerson(fixture, { city: mark }, org)
  await api('POST', `/users/${forgetful.id}`, { credentials: { password: { value: `Second-${mark}-91` } } })
  const { resetPasswordUrl } = await api('POST', `/users/${forgetful.id}/lifecycle/reset_password?sendEmail=false`)
  const login = `${mark}@new.test`
  const newcomer = { login, email: login, firstName: mark, lastName: 'New' }
  const staged = await api('POST', '/users?activate=false', { profile: newcomer })
  const { activationToken } = await api('POST', `/users/${staged.id}/lifecycle/activate?sendEmail=false`)
  const role = await api('POST', `/users/${person.id}/roles`, { type: roleType })
  const authenticatorApp = { factorType: 'token:software:totp', provider: 'GOOGLE' }
  const factor = await api('POST', `/users/${person.id}/factors`, authenticatorApp)
  await api('POST', `/users/${person.id}/factors`, { factorType: 'email', provider: 'OKTA' })
  const [authenticator] = await api('GET', '/authenticators')
  const trustedOrigin = await api('POST', '/trustedOrigins', {
    name: `${mark} origin`,
    origin: `https://${mark.toLowerCase()}.example.com`,
    scopes: [{ type: 'CORS' }],
  })
  const picture = uploadOf(`<svg xmlns="http://www.w3.org/2000/svg"><title>${mark}</title></svg>`)
  const logo = await fixture.request('POST', `/api/v1/apps/${app.id}/logo`, { org, ...picture })
  assert.equal(logo.status, 201, logo.text)
  const feature = (await api('GET', '/features')).find(
    (one: { stage: { value: string } }) => one.stage.value === 'BETA',
  )
  await api('POST', `/features/${feature.id}/enable`)
  const [apiToken] = await api('GET', '/api-tokens')
  const [policy] = await api('GET', '/policies?type=PASSWORD')
  const [policyRule] = await api('GET', `/policies/${policy.id}/rules`)
  const server = await api('GET', '/authorizationServers/default')
  const [scope] = await api('GET', '/authorizationServers/default/scopes')
  const [claim] = await api('GET', '/authorizationServers/default/claims')
  const [accessPolicy] = await api('GET', '/authorizationServers/default/policies')
  const [accessRule] = await api('GET', `/authorizationServers/default/policies/${accessPolicy.id}/rules`)

  const consented = `${mark}:write`
  await api('POST', '/authorizationServers/default/scopes', { name: consented, consent: 'REQUIRED' })
  const signedIn = await signIn(fixture, org, app, person, consented)
  const session = await fixture.request('GET', '/api/v1/sessions/me', {
    org,
    token: null,
    cookies: { sid: signedIn.sessionCookie },
  })
  assert.equal(session.status, 200, session.text)
  const { browser } = await openConsole(fixture, person, { browser: { cookies: { sid: signedIn.sessionCookie } }, org })
  await leaveTraces(fixture, org, app, signedIn.tokens, mark)
  const stateToken = await leaveSignInOpen(fixture, org, await newPerson(fixture, { city: mark }, org))
  const elsewhere = { redirect_uri: `https://${mark.toLowerCase()}.example.org/elsewhere` }
  await fixture.request('GET', authorizePath(app, newPkce(), elsewhere), { org, token: null })
  const [refused] = await api('GET', '/keystead/refused-requests')
  const [refreshToken] = await api('GET', `/apps/${app.id}/tokens`)
  const [consent] = await api('GET', `/users/${person.id}/grants`)
  return {
    org,
    app,
    person,
    ...signedIn,
    stateToken,
    consoleCookie: browser.cookies[CONSOLE_COOKIE] ?? '',
    ids: {
      app: app.id,
      clientSecret: clientSecret.id,
      clientKey: clientKey.id,
      user: person.id,
      group: group.id,
      role: role.id,
      factor: factor.id,
      authenticator: authenticator.id,
      qrCode: factor._embedded.activation._links.qrcode.href.split('/').at(-1),
      trustedOrigin: trustedOrigin.id,
      feature: feature.id,
      logo: String(logo.headers.location).split('/').at(-1) ?? '',
      session: session.json.id,
      apiToken: apiToken.id,
      server: server.id,
      scope: scope.id,
      claim: claim.id,
      accessPolicy: accessPolicy.id,
      accessRule: accessRule.id,
      kid: server.credentials.signing.kid,
      policy: policy.id,
      policyRule: policyRule.id,
      refusedRequest: refused.id,
      resetLink: resetPasswordUrl.slice(resetPasswordUrl.lastIndexOf('/') + 1),
      activationLink: activationToken,
      client: app.clientId,
      refreshToken: refreshToken.id,
      consent: consent.id,
      mail: await leaveMail(fixture, org, mark, api),
    },
  }
}

async function signIn(fixture: Fixture, org: TestOrg, app: TestApp, person: TestPerson, consented: string) {
  const browser = newBrowser()
  const authorize = async (parameters: Readonly<Record<string, string>> = {}) => {
    const pkce = newPkce()
    const path = authorizePath(app, pkce, parameters)
    let answer = await visit(fixture, browser, 'GET', path, { org })
    if (/name="identifier"/.test(answer.text)) answer = await submitSignIn(fixture, browser, answer.text, person, org)
    if (answer.status === 200) {
      const action = /<form[^>]*action="([^"]*)"/.exec(answer.text)?.[1] ?? ''
      const form = { ...hiddenFields(answer.text), consent: 'allow' }
      answer = await visit(fixture, browser, 'POST', action, { org, form })
    }
    return { value: callback(answer).code ?? '', verifier: pkce.verifier }
  }
  const first = await authorize({ prompt: 'consent', scope: `${OFFLINE} ${consented}` })
  const granted = await redeem(fixture, org, app, first)
  assert.equal(granted.status, 200, granted.text)
  const authn = await fixture.request('POST', '/api/v1/authn', {
    org,
    token: null,
    json: { username: person.login, password: person.password },
  })
  assert.equal(authn.status, 200, authn.text)
  return {
    tokens: granted.json as Tokens,
    code: await authorize(),
    sessionToken: String(authn.json.sessionToken),
    sessionCookie: browser.cookies.sid ?? '',
  }
}

/** A template of the org's own, and a mail in the mailbox, where that is on. */
async function leaveMail(fixture: Fixture, { org }: TestOrg, mark: string, api: Api): Promise<string> {
  const html = `<p>${mark} <a href="\${link}">link</a></p>`
  await api('PUT', '/keystead/mail-templates/activation/nl', { subject: mark, html, text: `${mark} \${link}` })
  const { db, now } = fixture.deps
  const mail = sealMail(fixture.deps, org, {
    kind: 'email-code',
    to: `${mark}@example.com`,
    userId: undefined,
    locale: undefined,
    facts: { code: '123456', appLabel: mark },
    expires: later(now(), DAY),
  })
  await db.write(() => queueMail(db.for(org.id), mail))
  await deliverDue(fixture.deps, org.id)
  return mail.id
}

/** A sign-in that waits for an expired password to be changed, by somebody whose browser is remembered. */
async function leaveSignInOpen(fixture: Fixture, org: TestOrg, { id, login }: TestPerson): Promise<string> {
  const path = `/api/v1/users/${id}/lifecycle/expire_password_with_temp_password`
  const expired = await fixture.request('POST', path, { org })
  const json = { username: login, password: expired.json.tempPassword }
  const authn = await fixture.request('POST', '/api/v1/authn', { org, token: null, json })
  assert.equal(authn.json.status, 'PASSWORD_EXPIRED', authn.text)
  const { db, now } = fixture.deps
  const device = { userId: id, deviceHash: login, created: now(), expires: later(now(), DAY) }
  await db.write(() => rememberDevice(db.for(org.org.id), device))
  return String(authn.json.stateToken)
}

export const redeem = (fixture: Fixture, org: TestOrg, app: TestApp, code: WholeOrg['code']) =>
  tokenRequest(
    fixture,
    { grant_type: 'authorization_code', code: code.value, redirect_uri: REDIRECT_URI, code_verifier: code.verifier },
    { headers: basic(app), org },
  )

/** A wrong name, an assertion that was used, and a token that was revoked. */
async function leaveTraces(fixture: Fixture, org: TestOrg, app: TestApp, tokens: Tokens, mark: string): Promise<void> {
  const json = { username: `${mark}-nobody`, password: 'Wrong-1-password' }
  assert.equal((await fixture.request('POST', '/api/v1/authn', { org, token: null, json })).status, 401)

  const service = await newApp(
    fixture,
    {
      type: 'service',
      credentials: { token_endpoint_auth_method: 'client_secret_jwt' },
      app: { label: `${mark} service` },
    },
    org,
  )
  const scope = `${mark}:read`
  const made = await fixture.request('POST', '/api/v1/authorizationServers/default/scopes', {
    org,
    json: { name: scope },
  })
  assert.equal(made.status, 201, made.text)
  const audience = `${org.org.url}/oauth2/default/v1/token`
  const granted = await tokenRequest(
    fixture,
    {
      grant_type: 'client_credentials',
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: secretJwt(service, audience, fixture.clock.now()),
    },
    { org },
  )
  assert.equal(granted.status, 200, granted.text)
  const spare = await tokenRequest(
    fixture,
    { grant_type: 'refresh_token', refresh_token: tokens.refresh_token },
    { headers: basic(app), org },
  )
  assert.equal(spare.status, 200, spare.text)
  const revoked = await fixture.request('POST', '/oauth2/default/v1/revoke', {
    org,
    token: null,
    form: { token: spare.json.access_token, token_type_hint: 'access_token' },
    headers: basic(app),
  })
  assert.equal(revoked.status, 200, revoked.text)
}

/** A client assertion signed with the client's secret (RFC 7523). */
function secretJwt({ clientId, secret }: TestApp, audience: string, now: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const seconds = Math.floor(now / 1_000)
  const claims = { iss: clientId, sub: clientId, aud: audience, iat: seconds, exp: seconds + 300, jti: randomUUID() }
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', secret ?? '')
    .update(signed)
    .digest('base64url')}`
}
