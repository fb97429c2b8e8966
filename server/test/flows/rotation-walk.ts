// A walk through two nodes that the model of refresh tokens is held against: what a client has received, what an administrator does. Of
// acts at once it accepts what the model gives for one order of them, and goes on from there.
import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import { newId } from '#kernel/id.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import type { Grant } from '../../src/oauth/tokens/grant.ts'
import { findGrant, insertGrant } from '../../src/oauth/tokens/grant-store.ts'
import { insertRefreshToken } from '../../src/oauth/tokens/refresh-store.ts'
import type { Fixture, Node, TestAnswer } from '../fixture.ts'
import {
  assign,
  claimsOf,
  isActive,
  newPair,
  postForm,
  refresh,
  signInForTokens,
  type TestApp,
  type TestPerson,
} from '../oauth-client.ts'
import {
  type Act,
  begin,
  type Closing,
  type Ending,
  endOfRefreshToken,
  familyWith,
  isAccessAlive,
  newWorld,
  type Outcome,
  perform,
  reopen,
  type Setting,
  type World,
} from './rotation-model.ts'

interface AccessToken {
  readonly value: string
  readonly family: number
  readonly given: number
}

export interface Walk {
  readonly fixture: Fixture
  readonly nodes: readonly Node[]
  readonly app: TestApp
  readonly person: TestPerson
  /** The client that asks about access tokens, also while the app is switched off. */
  readonly auditor: TestApp
  /** What the person's sign-in gave. */
  readonly grant: Grant
  /** The ids of the families, as administrators see them. */
  readonly ids: string[]
  /** What the server may be, all with the same names: more than one where the order of acts at once did not show. */
  worlds: readonly World[]
  /** What the client has received, by the model's names. */
  values: ReadonlyMap<number, string>
  readonly access: AccessToken[]
}

const SECOND = 1_000
const REFUSED = {
  dead: [400, 'invalid_grant', 'The refresh token is invalid or expired.'],
  'unknown client': [401, 'invalid_client', "Invalid value for 'client_id' parameter."],
} as const
/** What a refresh may see that is going on while the person is unassigned. */
const UNASSIGNED = [400, 'access_denied', 'User is not assigned to the client application.']

/** A new app and a person who has signed in to it. */
export async function startWalk(
  fixture: Fixture,
  nodes: readonly Node[],
  auditor: TestApp,
  setting: Setting,
): Promise<Walk> {
  fixture.clock.advance(SECOND)
  const pair = await newPair(fixture, { settings: { refresh_token: setting } })
  const tokens = await signInForTokens(fixture, pair.app, pair.person)
  const now = fixture.clock.now()
  const grant = await fixture.deps.db.read(findGrant(fixture.deps.db.for(fixture.org.id), grantIdOf(tokens)))
  assert.ok(grant)
  return {
    fixture,
    nodes,
    auditor,
    ...pair,
    grant,
    ids: [grant.id],
    worlds: [begin(newWorld(setting), now)],
    values: new Map([[1, tokens.refresh_token]]),
    access: [{ value: tokens.access_token, family: 0, given: now }],
  }
}

const grantIdOf = ({ access_token }: { access_token: string }): string => claimsOf(access_token).jti.split('.')[2]

export const worldOf = ({ worlds: [world] }: Walk): World => {
  assert.ok(world)
  return world
}

/** Another authorization of the same person, as if they had just signed in again. */
export async function signInAgain(walk: Walk): Promise<void> {
  const { deps, org, clock } = walk.fixture
  const tx = deps.db.for(org.id)
  const now = clock.now()
  const { grant } = walk
  const id = newId('grant', now, deps.random)
  const value = randomToken(deps.random)
  const ends = grant.ends && ((grant.ends - grant.created + now) as typeof now)
  await deps.db.write(function* () {
    yield* insertGrant(tx, { ...grant, id, created: now, lastUpdated: now, ends })
    yield* insertRefreshToken(tx, { tokenHash: tokenHash(value), grantId: id, generation: 1, created: now })
  })
  walk.ids.push(id)
  walk.values = new Map(walk.values).set(worldOf(walk).nextToken, value)
  walk.worlds = walk.worlds.map((world) => begin(world, now))
}

/** All at once, the refreshes on one node after the other; `lost`: whatever the answer is, the client does not get it. */
export async function act(walk: Walk, acts: readonly Act[], { node = 0, lost = false } = {}): Promise<void> {
  const before = walk.worlds
  const now = walk.fixture.clock.now()
  const answers = await Promise.all(acts.map((one, at) => send(walk, one, node + at)))
  const explained = walk.worlds.flatMap((world) =>
    orders(acts.length).flatMap((order) => explain(walk, { world, acts, answers, order, lost, now })),
  )
  const [first] = explained
  if (!first) assert.fail(describe(before, acts, answers))
  walk.worlds = distinct(
    explained.filter(({ values }) => isDeepStrictEqual(values, first.values)).map(({ world }) => world),
  )
  walk.values = first.values
  for (const [at, { status, json }] of answers.entries()) {
    const one = acts[at]
    if (status === 200 && one?.kind === 'refresh' && !lost)
      walk.access.push({ value: json.access_token, family: familyWith(first.world, one.token), given: now })
  }
}

interface Told {
  readonly world: World
  readonly acts: readonly Act[]
  readonly answers: readonly TestAnswer[]
  readonly order: readonly number[]
  readonly lost: boolean
  readonly now: number
}

/** The world after the acts in this order and what the client then has; nothing where the answers were others. */
function explain(
  walk: Walk,
  { world, acts, answers, order, lost, now }: Told,
): readonly { readonly world: World; readonly values: Walk['values'] }[] {
  const known = new Map(walk.values)
  let after = world
  for (const at of order) {
    const one = acts[at]
    const answer = answers[at]
    assert.ok(one && answer)
    const step = perform(after, one, now)
    after = step.world
    const isUnassigning = acts.some((other) => other.kind === 'close' && other.how === 'unassign')
    if (isUnassigning && step.outcome.kind === 'dead' && isDeepStrictEqual(refusalIn(answer), UNASSIGNED)) continue
    if (!fits(step.outcome, answer, known, lost)) return []
  }
  return [{ world: after, values: known }]
}

/** Whether the answer is the outcome; a value that is seen for the first time gets its name. */
function fits(outcome: Outcome, answer: TestAnswer, known: Map<number, string>, lost: boolean): boolean {
  const { status, json } = answer
  switch (outcome.kind) {
    case 'done':
      return status >= 200 && status < 300
    case 'not found':
      return status === 404
    case 'dead':
    case 'unknown client':
      return isDeepStrictEqual(refusalIn(answer), REFUSED[outcome.kind])
    case 'given': {
      if (status !== 200) return false
      const value = known.get(outcome.token)
      if (value !== undefined) return json.refresh_token === value
      if (lost) return true
      if ([...known.values()].includes(json.refresh_token)) return false
      known.set(outcome.token, json.refresh_token)
      return true
    }
  }
}

const refusalIn = ({ status, json }: TestAnswer) => [status, json?.error, json?.error_description]

function orders(count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]]
  return orders(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, place) => order.toSpliced(place, 0, count - 1)),
  )
}

function distinct(worlds: readonly World[]): readonly World[] {
  return worlds.filter((world, at) => worlds.findIndex((other) => isDeepStrictEqual(other, world)) === at)
}

const describe = (worlds: readonly World[], acts: readonly Act[], answers: readonly TestAnswer[]): string =>
  [
    'No order of these explains the answers:',
    ...acts.map((one, at) => `  ${JSON.stringify(one)} → ${answers[at]?.status} ${answers[at]?.text.slice(0, 200)}`),
    ...worlds.map((world) => `  in ${JSON.stringify({ ...world, spent: [...world.spent] })}`),
  ].join('\n')

function send(walk: Walk, one: Act, node: number): Promise<TestAnswer> {
  const { fixture, app, values, ids, nodes } = walk
  const value = (token: number): string => values.get(token) ?? ''
  switch (one.kind) {
    case 'refresh':
      return refresh((nodes[node % nodes.length] ?? fixture) as Fixture, app, value(one.token))
    case 'revoke':
      return postForm(fixture, 'revoke', { token: value(one.token), client_id: app.clientId })
    case 'end one':
      return fixture.request('DELETE', `/api/v1/apps/${app.id}/tokens/${ids[one.family]}`)
    case 'end all':
      return fixture.request('DELETE', pathOf(walk, one.what))
    case 'close':
      return close(walk, one.how)
    case 'set':
      return set(walk, one.setting)
  }
}

function pathOf({ app, person }: Walk, what: Ending): string {
  const paths: Readonly<Record<Ending, string>> = {
    'the app’s tokens': `/api/v1/apps/${app.id}/tokens`,
    'the person’s tokens of the client': `/api/v1/users/${person.id}/clients/${app.clientId}/tokens`,
    'the server’s tokens of the client': `/api/v1/authorizationServers/default/clients/${app.clientId}/tokens`,
    'the person’s sessions with their tokens': `/api/v1/users/${person.id}/sessions?oauthTokens=true`,
  }
  return paths[what]
}

function close({ fixture, app, person }: Walk, how: Closing): Promise<TestAnswer> {
  switch (how) {
    case 'unassign':
      return fixture.request('DELETE', `/api/v1/apps/${app.id}/users/${person.id}`)
    case 'switch the app off':
      return fixture.request('POST', `/api/v1/apps/${app.id}/lifecycle/deactivate`)
    default:
      return fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/${how}`)
  }
}

async function set({ fixture, app }: Walk, setting: Setting): Promise<TestAnswer> {
  const { json } = await fixture.request('GET', `/api/v1/apps/${app.id}`)
  json.settings.oauthClient.refresh_token = setting
  return fixture.request('PUT', `/api/v1/apps/${app.id}`, { json })
}

/** Lets the person back in: what was given before stays dead. */
export async function openAgain(walk: Walk): Promise<void> {
  const { fixture, app, person } = walk
  const { closed } = worldOf(walk)
  const post = async (path: string): Promise<void> => {
    const answer = await fixture.request('POST', path)
    assert.ok(answer.status < 300, answer.text)
  }
  if (closed === 'suspend') await post(`/api/v1/users/${person.id}/lifecycle/unsuspend`)
  if (closed === 'deactivate') await post(`/api/v1/users/${person.id}/lifecycle/activate?sendEmail=false`)
  if (closed === 'switch the app off') await post(`/api/v1/apps/${app.id}/lifecycle/activate`)
  // Who is deactivated loses the app as well.
  if (closed === 'deactivate' || closed === 'unassign') await assign(fixture, app, person)
  walk.worlds = walk.worlds.map(reopen)
}

/** Asks about tokens: about a few of the newest family, or about all that were ever received. */
export async function audit(walk: Walk, all = false): Promise<void> {
  const tokens = [...walk.values.keys()]
  const { access } = walk
  const newest = access.filter(({ family }) => family === walk.ids.length - 1)
  if (worldOf(walk).closed !== 'switch the app off')
    for (const token of all ? tokens : tokens.slice(-2)) await auditRefreshToken(walk, token)
  for (const token of all ? access : [...newest.slice(0, 1), ...newest.slice(-1)]) await auditAccessToken(walk, token)
}

async function auditRefreshToken(walk: Walk, token: number): Promise<void> {
  const { fixture, app, values } = walk
  const now = fixture.clock.now()
  const form = { token: values.get(token) ?? '', client_id: app.clientId }
  const { json } = await postForm(fixture, 'introspect', form)
  const found = json.active ? json.exp : undefined
  narrow(walk, `the end of refresh token ${token}`, found, (world) => endOfRefreshToken(world, token, now))
}

async function auditAccessToken(walk: Walk, { value, family, given }: AccessToken): Promise<void> {
  const { fixture, auditor } = walk
  const now = fixture.clock.now()
  const found = await isActive(fixture, auditor, value)
  narrow(walk, `the life of an access token of family ${family}`, found, (world) =>
    isAccessAlive(world, family, given, now),
  )
}

/** Keeps the worlds in which this is so. */
function narrow<T>(walk: Walk, what: string, found: T, expected: (world: World) => T): void {
  const worlds = walk.worlds.filter((world) => expected(world) === found)
  if (worlds.length === 0) assert.equal(found, expected(worldOf(walk)), `${what} in\n${describe(walk.worlds, [], [])}`)
  walk.worlds = worlds
}
