// Every state that a sign-in can wait in, each made by the steps that lead there, with a person of its own and what they would answer.
import assert from 'node:assert/strict'
import { type EnrolledApp, enrollApp } from './authenticator-app.ts'
import type { Fixture, TestAnswer, TestOrg } from './fixture.ts'
import { lastCode } from './mailed-code.ts'
import { ATTEMPTS, LINK_PAGES, type Link, type LinkKind, linkTo, openLink } from './mailed-link.ts'
import { type Browser, hiddenFields, newBrowser, visit } from './oauth-client.ts'
import { addNewcomer, addPerson, type TestPerson } from './people.ts'
import { newGroup, newPasswordPolicy } from './policies.ts'
import { joinGroup, policyForGroup } from './second-factor.ts'
import { type SoftwareAuthenticator, softwareAuthenticator } from './software-authenticator.ts'

export const NEW_PASSWORD = 'Another-Horse-9'
export const ANSWER = 'Brussels sprouts'
const DAY = 24 * 60 * 60_000

export interface Enrolled {
  readonly app: EnrolledApp
  readonly question: string
  readonly email: string
  readonly passkey: string
  readonly key: SoftwareAuthenticator
}

/** Whom a state is made for; made anew for each, so that no tries are shared. */
export interface Cast {
  readonly person: TestPerson
  /** All kinds, where the state is one of somebody who has them. */
  readonly enrolled: Enrolled | undefined
}

export interface Waiting extends Cast {
  readonly face: 'authn' | 'hosted'
  readonly token: string
  /** What the state was shown as. */
  readonly shown: TestAnswer
  /** Hosted only. */
  readonly browser: Browser
}

/** Groups whose policies bring the states about. */
export interface Groups {
  readonly always: string
  readonly warned: string
  /** Their recovery question is asked, and three wrong passwords lock them out. */
  readonly questioned: string
}

export async function makeGroups(fixture: Fixture): Promise<Groups> {
  const always = await policyForGroup(fixture, 'always', { requireFactor: true, factorPromptMode: 'ALWAYS' })
  const warned = await newGroup(fixture)
  await newPasswordPolicy(fixture, warned, { age: { maxAgeDays: 3, expireWarnDays: 2 } })
  const questioned = await newGroup(fixture)
  await newPasswordPolicy(fixture, questioned, { lockout: { maxAttempts: ATTEMPTS } }, { asksQuestion: true })
  return { always, warned, questioned }
}

export const authn = (fixture: Fixture, path: string, json: object, org?: TestOrg) =>
  fixture.request('POST', `/api/v1/authn${path}`, { token: null, json, ...(org && { org }) })

async function enrollAll(fixture: Fixture, { id }: TestPerson): Promise<Enrolled> {
  const factors = `/api/v1/users/${id}/factors`
  const enroll = async (path: string, json: object) => {
    const answer = await fixture.request('POST', factors + path, { json })
    assert.equal(answer.status, 200, answer.text)
    return answer.json
  }
  const app = await enrollApp(fixture, id)
  const profile = { question: 'disliked_food', answer: ANSWER }
  const question = await enroll('', { factorType: 'question', provider: 'OKTA', profile })
  const email = await enroll('?activate=true', { factorType: 'email', provider: 'OKTA' })
  const begun = await enroll('', { factorType: 'webauthn', provider: 'FIDO' })
  const key = softwareAuthenticator({ origin: fixture.org.url, rpId: new URL(fixture.org.url).hostname })
  const { clientData, attestation } = key.create(begun._embedded.activation)
  await enroll(`/${begun.id}/lifecycle/activate`, { clientData, attestation })
  return { app, question: question.id, email: email.id, passkey: begun.id, key }
}

/** How a state comes about: who it is, and what they send after their password. */
export interface State {
  readonly name: string
  /** As the authentication API calls it. */
  readonly status: string
  readonly factors?: true
  readonly expired?: true
  readonly warned?: true
  readonly demanded?: true
  readonly questioned?: true
  /** It begins with the token of a mail. */
  readonly link?: LinkKind
  /** The pages have no step of their own for it: the link's page is answered at once. */
  readonly apiOnly?: true
  /** Requests of the authentication API, and forms of the pages, that lead there from the first step. */
  readonly way?: (cast: Cast) => readonly Move[]
  /** What the step is answered with, and where that leads. */
  readonly right: (waiting: Waiting, fixture: Fixture) => Right | Promise<Right>
}

export interface Move {
  readonly path: string
  readonly json: Readonly<Record<string, unknown>>
  readonly page: string
  readonly form: Readonly<Record<string, string>>
}

export interface Right extends Move {
  readonly next: string
  /** False: nobody is signed in by it. */
  readonly signsIn?: false
}

const enrolledOf = ({ enrolled }: Cast): Enrolled => {
  if (!enrolled) throw new Error('the state is one of somebody without factors')
  return enrolled
}

const challenge =
  (of: (enrolled: Enrolled) => string) =>
  (cast: Cast): readonly Move[] => {
    const id = of(enrolledOf(cast))
    return [{ path: `/factors/${id}/verify`, json: {}, page: '/signin/challenge', form: { factor: id } }]
  }
const beginToEnroll = (factorType: string, provider: string, factor: string) => (): readonly Move[] => [
  { path: '/factors', json: { factorType, provider }, page: '/signin/enroll', form: { factor } },
]
const verified = (id: string, json: Move['json'], form: Move['form']): Right => ({
  ...{ path: `/factors/${id}/verify`, json, page: '/signin/verify', form },
  next: 'SUCCESS',
})
const withCode = (id: string, code: string): Right =>
  verified(id, { passCode: code }, { factor: id, 'credentials.passcode': code })
const withKey = (id: string, { shown, face, ...cast }: Waiting): Right => {
  const options =
    face === 'hosted'
      ? askedOn(shown.text)
      : (shown.json._embedded.challenge ?? shown.json._embedded.factor._embedded.challenge)
  const { clientData, authenticatorData, signatureData, credentialId } = enrolledOf(cast).key.get(options)
  const signed = { clientData, authenticatorData, signatureData }
  return verified(id, signed, { ...signed, credentialId })
}
const activated = ({ shown, face }: Waiting, json: Record<string, string>, form: Record<string, string>): Right => ({
  path: face === 'authn' ? `/factors/${shown.json._embedded.factor.id}/lifecycle/activate` : '',
  ...{ json, page: '/signin/activate', form, next: 'SUCCESS' },
})
const newPassword = ({ person }: Cast): Right => ({
  path: '/credentials/change_password',
  json: { oldPassword: person.password, newPassword: NEW_PASSWORD },
  page: '/signin/change-password',
  form: { 'credentials.passcode': NEW_PASSWORD, confirmPassword: NEW_PASSWORD },
  next: 'SUCCESS',
})

const toQuestion = (next: string, rest: Partial<Right> = {}): Right => ({
  ...{ path: '/recovery/answer', json: { answer: ANSWER } },
  ...{ page: '/signin/answer', form: { 'credentials.answer': ANSWER } },
  next,
  ...rest,
})
const chosenPassword = (): Right => ({
  ...{ path: '/credentials/reset_password', json: { newPassword: NEW_PASSWORD } },
  page: '/signin/choose-password',
  form: { 'credentials.passcode': NEW_PASSWORD, confirmPassword: NEW_PASSWORD },
  next: 'SUCCESS',
})

/** What a page's script is given for the browser. */
const askedOn = (page: string) => JSON.parse(/<script[^>]*id="asked"[^>]*>([^<]*)</.exec(page)?.[1] ?? '{}').options
const secretOf = ({ shown, face }: Waiting): string =>
  face === 'authn'
    ? shown.json._embedded.factor._embedded.activation.sharedSecret
    : (/data-se="shared-secret">([A-Z2-7 ]+)</.exec(shown.text)?.[1] ?? '').replaceAll(' ', '')

export const statesOf = (codeAt: (secret: string, at: number) => string): readonly State[] => [
  {
    name: 'MFA_REQUIRED',
    status: 'MFA_REQUIRED',
    ...{ factors: true, demanded: true },
    right: (at) => withCode(enrolledOf(at).app.id, enrolledOf(at).app.code()),
  },
  {
    name: 'MFA_REQUIRED before an expired password',
    status: 'MFA_REQUIRED',
    ...{ factors: true, demanded: true, expired: true },
    right: (at) => ({ ...withCode(enrolledOf(at).app.id, enrolledOf(at).app.code()), next: 'PASSWORD_EXPIRED' }),
  },
  {
    name: 'MFA_CHALLENGE of an authenticator app',
    status: 'MFA_CHALLENGE',
    ...{ factors: true, demanded: true },
    way: challenge(({ app }) => app.id),
    right: (at) => withCode(enrolledOf(at).app.id, enrolledOf(at).app.code()),
  },
  {
    name: 'MFA_CHALLENGE of a question',
    status: 'MFA_CHALLENGE',
    ...{ factors: true, demanded: true },
    way: challenge(({ question }) => question),
    right: (at) =>
      verified(
        enrolledOf(at).question,
        { answer: ANSWER },
        { factor: enrolledOf(at).question, 'credentials.answer': ANSWER },
      ),
  },
  {
    name: 'MFA_CHALLENGE of a mailed code',
    status: 'MFA_CHALLENGE',
    ...{ factors: true, demanded: true },
    way: challenge(({ email }) => email),
    right: async (at, fixture) => withCode(enrolledOf(at).email, await lastCode(fixture)),
  },
  {
    name: 'MFA_CHALLENGE of a passkey',
    status: 'MFA_CHALLENGE',
    ...{ factors: true, demanded: true },
    way: challenge(({ passkey }) => passkey),
    right: (at) => withKey(enrolledOf(at).passkey, at),
  },
  {
    name: 'MFA_ENROLL',
    status: 'MFA_ENROLL',
    demanded: true,
    right: () => ({
      path: '/factors',
      json: { factorType: 'question', provider: 'OKTA', profile: { question: 'disliked_food', answer: ANSWER } },
      page: '/signin/enroll',
      form: { factor: 'question', question: 'disliked_food', 'credentials.answer': ANSWER },
      next: 'SUCCESS',
    }),
  },
  {
    name: 'MFA_ENROLL_ACTIVATE of an authenticator app',
    status: 'MFA_ENROLL_ACTIVATE',
    demanded: true,
    way: beginToEnroll('token:software:totp', 'GOOGLE', 'google_totp'),
    right(at, fixture) {
      const code = codeAt(secretOf(at), fixture.clock.now())
      return activated(at, { passCode: code }, { 'credentials.passcode': code })
    },
  },
  {
    name: 'MFA_ENROLL_ACTIVATE of a mailed code',
    status: 'MFA_ENROLL_ACTIVATE',
    demanded: true,
    way: beginToEnroll('email', 'OKTA', 'email'),
    async right(at, fixture) {
      const code = await lastCode(fixture)
      return activated(at, { passCode: code }, { 'credentials.passcode': code })
    },
  },
  {
    name: 'MFA_ENROLL_ACTIVATE of a passkey',
    status: 'MFA_ENROLL_ACTIVATE',
    demanded: true,
    way: beginToEnroll('webauthn', 'FIDO', 'webauthn'),
    right(at, { org }) {
      const options = at.face === 'authn' ? at.shown.json._embedded.factor._embedded.activation : askedOn(at.shown.text)
      const key = softwareAuthenticator({ origin: org.url, rpId: new URL(org.url).hostname })
      const { clientData, attestation } = key.create(options)
      return activated(at, { clientData, attestation }, { clientData, attestation })
    },
  },
  {
    name: 'MFA_CHALLENGE of whichever passkey',
    status: 'MFA_CHALLENGE',
    ...{ factors: true, demanded: true },
    way: (cast) => [
      {
        ...{ path: '/factors/webauthn/verify', json: {} },
        ...{ page: '/signin/challenge', form: { factor: enrolledOf(cast).passkey } },
      },
    ],
    right: (at) => {
      const right = withKey(enrolledOf(at).passkey, at)
      return { ...right, path: '/factors/webauthn/verify' }
    },
  },
  { name: 'PASSWORD_EXPIRED', status: 'PASSWORD_EXPIRED', expired: true, right: newPassword },
  {
    name: 'PASSWORD_EXPIRED after a factor',
    status: 'PASSWORD_EXPIRED',
    ...{ factors: true, demanded: true, expired: true },
    way: (cast) => [withCode(enrolledOf(cast).app.id, enrolledOf(cast).app.code())],
    right: newPassword,
  },
  { name: 'PASSWORD_WARN', status: 'PASSWORD_WARN', warned: true, right: newPassword },
  {
    ...{ name: 'RECOVERY', status: 'RECOVERY', link: 'recovery', questioned: true },
    right: () => toQuestion('PASSWORD_RESET'),
  },
  {
    ...{ name: 'RECOVERY of whoever is locked out', status: 'RECOVERY', link: 'unlock', questioned: true },
    right: () => toQuestion('SUCCESS', { signsIn: false }),
  },
  { name: 'PASSWORD_RESET', status: 'PASSWORD_RESET', link: 'recovery', right: chosenPassword },
  {
    ...{ name: 'PASSWORD_RESET after a question', status: 'PASSWORD_RESET', link: 'recovery', questioned: true },
    way: () => [toQuestion('PASSWORD_RESET')],
    right: chosenPassword,
  },
  {
    ...{ name: 'PASSWORD_RESET of somebody new', status: 'PASSWORD_RESET', link: 'activation', apiOnly: true },
    right: chosenPassword,
  },
]

/** Somebody new who waits in the state. */
export async function reach(
  fixture: Fixture,
  groups: Groups,
  state: State,
  face: Waiting['face'],
  known?: Cast,
): Promise<Waiting> {
  const cast = known ?? (await castOf(fixture, groups, state))
  const moves = state.way?.(cast) ?? []
  fixture.clock.advance(1_000)
  const link = state.link && { kind: state.link, token: await linkTo(fixture, cast.person, state.link) }
  if (face === 'authn') {
    let shown = link ? await openLink(fixture, link) : await begin(fixture, cast.person)
    const token = shown.json.stateToken
    for (const { path, json } of moves) shown = await authn(fixture, path, { ...json, stateToken: token })
    assert.equal(shown.json.status, state.status, shown.text)
    return { ...cast, face, token, shown, browser: newBrowser() }
  }
  const browser = newBrowser()
  let shown = link ? await followLink(fixture, browser, cast.person, link) : await enter(fixture, browser, cast.person)
  for (const { page: path, form } of moves)
    shown = await visit(fixture, browser, 'POST', path, { form: { ...hiddenFields(shown.text), ...form } })
  return { ...cast, face, token: hiddenFields(shown.text).stateToken ?? '', shown, browser }
}

const begin = (fixture: Fixture, { login, password }: TestPerson): Promise<TestAnswer> =>
  authn(fixture, '', { username: login, password, options: { warnBeforePasswordExpired: true } })

async function enter(fixture: Fixture, browser: Browser, { login, password }: TestPerson): Promise<TestAnswer> {
  const page = await visit(fixture, browser, 'GET', '/signin')
  const sent = { ...hiddenFields(page.text), identifier: login, 'credentials.passcode': password }
  const shown = await visit(fixture, browser, 'POST', '/signin', { form: sent })
  assert.equal(shown.status, 200, shown.text)
  return shown
}

/** A first answer that is refused: the next page is the step's own. */
async function followLink(
  fixture: Fixture,
  browser: Browser,
  { password }: TestPerson,
  link: Link,
): Promise<TestAnswer> {
  const page = await visit(fixture, browser, 'GET', `${LINK_PAGES[link.kind]}/${link.token}`)
  const refused = { 'credentials.passcode': password, confirmPassword: password, 'credentials.answer': 'carrots' }
  const form = { ...hiddenFields(page.text), ...refused }
  const shown = await visit(fixture, browser, 'POST', LINK_PAGES.recovery, { form })
  assert.equal(shown.status, 400, shown.text)
  return shown
}

async function castOf(fixture: Fixture, groups: Groups, state: State): Promise<Cast> {
  const person = state.link === 'activation' ? await addNewcomer(fixture) : await addPerson(fixture)
  const enrolled = state.factors ? await enrollAll(fixture, person) : undefined
  if (state.demanded) await joinGroup(fixture, groups.always, person.id)
  if (state.warned) await joinGroup(fixture, groups.warned, person.id)
  // The one that is chosen next doesn't end soon.
  if (state.warned) fixture.clock.advance(1.5 * DAY)
  if (state.questioned) {
    await joinGroup(fixture, groups.questioned, person.id)
    const recovery_question = { question: 'What did you dislike?', answer: ANSWER }
    const json = { credentials: { recovery_question } }
    assert.equal((await fixture.request('POST', `/api/v1/users/${person.id}`, { json })).status, 200)
  }
  if (state.expired) {
    const answer = await fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/expire_password`)
    assert.equal(answer.status, 200, answer.text)
  }
  return { person, enrolled }
}
