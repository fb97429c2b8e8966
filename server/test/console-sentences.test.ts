// The console says what the server will say, in the same words.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ruleFault } from '#authorization-servers/access-rule-draft.ts'
import { scopeFault } from '#authorization-servers/scope-rules.ts'
import { checkGroup } from '#groups/group.ts'
import { parseRedirectUri } from '#kernel/redirect-uri.ts'
import { Refusal } from '#kernel/refusal.ts'
import { ROLE_LABELS } from '#roles/role.ts'
import { checkDraft } from '#trusted-origins/trusted-origin.ts'
import { checkProfile } from '#users/profile.ts'
import { redirectUriProblem } from '../../console/src/pages/apps/redirect-uri-rule.ts'
import { groupProblems } from '../../console/src/pages/groups/group-values.ts'
import { PROFILE_FIELDS } from '../../console/src/pages/people/profile-fields.ts'
import { profileProblem } from '../../console/src/pages/people/profile-problems.ts'
import { ROLE_WORDS } from '../../console/src/pages/people/role-words.ts'
import { accessProblem, refreshProblem, windowProblem } from '../../console/src/pages/security/lifetime-problems.ts'
import { scopeNameProblem } from '../../console/src/pages/security/scope-name.ts'
import { originProblem } from '../../console/src/ui/origin.ts'
import { URL_CORPUS } from './url-corpus.ts'

const FURTHER = [
  '',
  ' ',
  '\0',
  'https://a.example\0',
  '\ud800',
  `https://${'a'.repeat(300)}.example`,
  'https://*.example.com',
]

const saidByServer = (origin: string) =>
  faultOf('origin', () => checkDraft({ name: 'Any', origin, scopes: [{ type: 'CORS' }] }))

/** What a refusal says of one member. */
function faultOf(name: string, check: () => unknown): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.facts.causes?.find((cause) => cause.startsWith(`${name}: `))?.slice(name.length + 2)
  }
}

describe('what the console says of an origin', () => {
  for (const text of [...URL_CORPUS.map((one) => one.text), ...FURTHER])
    test(`${JSON.stringify(text)} gets the server's answer`, () => {
      assert.equal(originProblem(text), saidByServer(text))
    })
})

describe('what the console says of a redirect URI', () => {
  const TYPED = [
    ...URL_CORPUS.map((one) => one.text),
    ...FURTHER,
    'https://example:0000.com/login',
    'localhost:8080/cb',
    'https://a.example/#x',
  ]
  for (const applicationType of ['browser', 'native', 'web'] as const)
    for (const text of TYPED)
      test(`${applicationType}: ${JSON.stringify(text)} is not refused in other words, nor where the server takes it`, () => {
        const said = redirectUriProblem(text, applicationType)
        const parsed = parseRedirectUri(text, { applicationType })
        if (said !== undefined) assert.equal(said, parsed.ok ? 'it is taken' : parsed.sentence)
      })
})

describe('what the console says of the name of a scope', () => {
  const NAMES = ['', 'orders.read', 'a b', 'a"b', 'a\\b', 'é', '*', 'okta', 'okta.apps', 'okta:x', 'oktaish', '!~[]']
  for (const name of NAMES)
    test(`${JSON.stringify(name)} gets the server's answer`, () => {
      const draft = { ...SCOPE, name }
      assert.equal(scopeNameProblem(name), scopeFault(draft)?.facts.causes?.[0]?.replace(/^name: /, ''))
    })
})

const SCOPE = {
  displayName: undefined,
  description: undefined,
  consent: 'IMPLICIT',
  metadataPublish: 'NO_CLIENTS',
  isDefault: false,
  optional: false,
} as const

describe('what the console says of lifetimes', () => {
  const LIFETIMES: readonly (readonly [access: number, refresh: number, window: number])[] = [
    ...[0, 4, 5, 60, 1_440, 1_441].map((access) => [access, 0, 10_080] as const),
    ...[0, 1, 59, 60, 61, 2_628_000, 2_628_001].map((refresh) => [60, refresh, 10_080] as const),
    ...[0, 9, 10, 2_628_000, 2_628_001].map((window) => [60, 0, window] as const),
  ]
  for (const [access, refresh, window] of LIFETIMES)
    test(`${access}, ${refresh}, ${window} get the server's answer`, () => {
      const rule = {
        ...RULE,
        accessTokenMinutes: access,
        refreshTokenMinutes: refresh,
        refreshTokenWindowMinutes: window,
      }
      const said = accessProblem(access) ?? refreshProblem(refresh, access) ?? windowProblem(window)
      assert.equal(said, ruleFault(rule, { scopes: [] })?.facts.causes?.[0]?.replace(/^\w+: /, ''))
    })
})

const RULE = {
  name: 'Any',
  priority: undefined,
  status: undefined,
  grantTypes: ['client_credentials'],
  scopes: ['*'],
  users: { include: [], exclude: [] },
  groups: { include: [], exclude: [] },
} as const

describe('what the console says of a person', () => {
  const GOOD = { login: 'a@b.example', email: 'a@b.example', firstName: 'A', lastName: 'B' }
  const TEXTS = ['', 'a', 'a@b', 'a@b.c', 'no address', 'a b@c.example', '😀@x.y', 'a@@b.c']
  const LONG = [2, 3, 50, 51, 100, 101, 128, 129, 1024, 1025, 4096, 4097].flatMap((length) => [
    'x'.repeat(length),
    `a@${'x'.repeat(length - 2)}`,
  ])
  for (const { name } of PROFILE_FIELDS)
    test(`${name} gets the server's answer`, () => {
      for (const text of [...TEXTS, ...LONG])
        assert.equal(
          profileProblem(name, text),
          faultOf(name, () => checkProfile({ ...GOOD, [name]: text })),
          JSON.stringify(text.slice(0, 20)),
        )
    })
})

describe('what the console says of a group', () => {
  const VALUES = [
    { name: '', description: '' },
    { name: 'n'.repeat(255), description: 'd'.repeat(1024) },
    { name: 'n'.repeat(256), description: '' },
    { name: 'Sales', description: 'd'.repeat(1025) },
  ]
  for (const values of VALUES)
    test(`a name of ${values.name.length} and a description of ${values.description.length} characters`, () => {
      const problems: Record<string, string | undefined> = groupProblems(values)
      for (const name of ['name', 'description'])
        assert.equal(
          problems[name],
          faultOf(name, () => checkGroup(values)),
        )
    })
})

test('the console grants the roles that there are, by their names', () =>
  assert.deepEqual(
    Object.fromEntries(Object.entries(ROLE_WORDS).map(([type, { label }]) => [type, label])),
    ROLE_LABELS,
  ))
