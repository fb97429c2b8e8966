// The stage of stories in which time passes: a server whose clock the story moves, its administrator's SDK and API, and a browser.
import assert from 'node:assert/strict'
import type { Client } from '@okta/okta-sdk-nodejs'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { type MovableServer, startMovableServer } from '../../server/test/processes/movable-server.ts'
import { adminOf, createPerson, type Person } from './admin.ts'
import { launchBrowser, type Visitor, visit } from './browser.ts'
import type { Keystead } from './keystead.ts'
import { type Spa, type SpaName, serveSpa } from './spa.ts'

export interface MovableStage {
  readonly server: MovableServer
  /** As the other stories know it. */
  readonly keystead: Keystead
  readonly admin: Client
  /** The management API, with the administrator's token. */
  api(method: string, path: string, json?: object): Promise<Answer>
  serve(name: SpaName): Promise<Spa>
  visit(story: (visitor: Visitor) => Promise<void>): Promise<void>
  /** Somebody in a group of their own, whom these policies are for. */
  personUnder(firstName: string, policies: Policies): Promise<Person>
  /** The same, of somebody who is mailed a link to their first password. */
  newcomerUnder(firstName: string, policies: Policies): Promise<Person>
  /** The six digits of the newest mail to the person. */
  mailedCode(person: Person): Promise<string>
  /** The newest link to this place that was mailed to an address; waits until one has come. */
  mailedLink(login: string, place: string): Promise<string>
  /** The token of such a link. */
  mailedToken(person: Person, place: string): Promise<string>
  /** Within the stories' `describe`: what is left running after it is ended without warning. */
  close(): Promise<void>
}

/** What an endpoint of the management API answers. */
// biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads
type Answer = any

export interface Policies {
  /** What the rule of a global session policy says. */
  readonly signon?: object
  /** The settings of a password policy. */
  readonly password?: object
  /** What its rule says of a reset that people ask for themselves, besides that they may. */
  readonly reset?: object
  /** Of an enrolment policy that is asked at sign-in: authenticators by key. */
  readonly enrolment?: Readonly<Record<string, 'REQUIRED' | 'OPTIONAL'>>
}

export async function setMovableStage(): Promise<MovableStage> {
  // The server runs from source, and serves the console as it was built.
  await ensureBuilt()
  const [server, browser] = await Promise.all([startMovableServer(), launchBrowser()])
  const spas: Spa[] = []
  const { url, apiToken, admin } = server
  const keystead = { url, alias: url, issuer: `${url}/oauth2/default`, apiToken, admin, output: [], stop: server.stop }
  const sdk = adminOf(keystead)
  let made = 0

  async function api(method: string, path: string, json?: object): Promise<Answer> {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `SSWS ${apiToken}`, ...(json && { 'content-type': 'application/json' }) },
      ...(json && { body: JSON.stringify(json) }),
    })
    const text = await answer.text()
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }

  async function addPolicy(type: string, group: string, settings: object, actions: object): Promise<void> {
    const name = `Policy ${++made}`
    const conditions = { people: { groups: { include: [group] } } }
    const { id } = await api('POST', '/policies', { type, name, conditions, ...settings })
    await api('POST', `/policies/${id}/rules`, { name, actions })
  }

  async function under(person: Person, { signon, password, reset, enrolment }: Policies): Promise<Person> {
    const { id: group } = await api('POST', '/groups', { profile: { name: `Group ${++made}` } })
    await api('PUT', `/groups/${group}/users/${person.id}`)
    const allow = { access: 'ALLOW' }
    // Else the sign-in page would ask who it is first, of everybody.
    const passwordFirst = { ...allow, primaryFactor: 'PASSWORD_IDP' }
    if (signon) await addPolicy('OKTA_SIGN_ON', group, {}, { signon: { ...passwordFirst, ...signon } })
    const own = { ...allow, ...reset }
    const self = { passwordChange: allow, selfServicePasswordReset: own, selfServiceUnlock: allow }
    if (password || reset) await addPolicy('PASSWORD', group, { settings: { password: password ?? {} } }, self)
    if (enrolment) {
      const wanted = Object.entries(enrolment).map(([key, demand]) => ({ key, enroll: { self: demand } }))
      const settings = { type: 'AUTHENTICATORS', authenticators: wanted }
      await addPolicy('MFA_ENROLL', group, { settings }, { enroll: { self: 'LOGIN' } })
    }
    return person
  }

  /** Once one has come in which `found` finds something, the newest first. */
  async function fromMail(login: string, found: (mail: Answer) => string | undefined): Promise<string> {
    for (;;)
      for (const { id } of await api('GET', `/keystead/mailbox?to=${encodeURIComponent(login)}`)) {
        const text = found(await api('GET', `/keystead/mailbox/${id}`))
        if (text !== undefined) return text
      }
  }

  const mailedLink = (login: string, place: string): Promise<string> =>
    fromMail(login, ({ links }) =>
      (links as readonly string[]).find((link) => new URL(link).pathname.startsWith(`${place}/`)),
    )

  return {
    server,
    keystead,
    admin: sdk,
    api,
    serve: async (name) => {
      const spa = await serveSpa(name)
      spas.push(spa)
      return spa
    },
    visit: (story) => visit(browser, [], story),
    personUnder: async (firstName, policies) => under(await createPerson(sdk, firstName, 'Stepwise'), policies),
    async newcomerUnder(firstName, policies) {
      const login = `${firstName}.newcomer@example.com`.toLowerCase()
      const profile = { firstName, lastName: 'Newcomer', email: login, login }
      const { id } = await api('POST', '/users', { profile })
      return under({ id, login, password: '', name: `${firstName} Newcomer` }, policies)
    },
    mailedCode: ({ login }) => fromMail(login, ({ text }) => /\b(\d{6})\b/.exec(text)?.[1]),
    mailedLink,
    mailedToken: async ({ login }, place) => (await mailedLink(login, place)).split('/').at(-1) ?? '',
    async close() {
      await browser.close()
      await Promise.all(spas.map((spa) => spa.close()))
      await server.stop()
    },
  }
}
