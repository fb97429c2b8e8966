import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccessPolicy, AccessRule, AuthorizationServer } from '#authorization-servers/authorization-server.ts'
import { instant } from '#kernel/instant.ts'
import { findRule, type PolicyQuestion } from './policy.ts'

const rule = (id: string, more: Partial<AccessRule> = {}): AccessRule => ({
  id,
  name: id,
  status: 'ACTIVE',
  priority: 1,
  system: false,
  created: instant(0),
  lastUpdated: instant(0),
  grantTypes: ['authorization_code', 'client_credentials'],
  scopes: ['*'],
  users: { include: [], exclude: [] },
  groups: { include: ['EVERYONE'], exclude: [] },
  accessTokenMinutes: 60,
  refreshTokenMinutes: 0,
  refreshTokenWindowMinutes: 10_080,
  ...more,
})

const policy = (rules: readonly AccessRule[], more: Partial<AccessPolicy> = {}): AccessPolicy => ({
  id: 'p',
  name: 'p',
  description: '',
  status: 'ACTIVE',
  priority: 1,
  system: false,
  created: instant(0),
  lastUpdated: instant(0),
  clients: ['ALL_CLIENTS'],
  rules,
  ...more,
})

const ask = (policies: readonly AccessPolicy[], question: Partial<PolicyQuestion> = {}): string | undefined =>
  findRule({ policies } as unknown as AuthorizationServer, {
    clientId: 'client',
    grantType: 'authorization_code',
    scopes: ['openid', 'things'],
    person: { userId: 'ada', groups: ['engineers', 'readers'] },
    ...question,
  })?.id

test('without a policy, or without a rule, nothing is given, not even for openid', () => {
  assert.equal(ask([], { scopes: ['openid'] }), undefined)
  assert.equal(ask([policy([])], { scopes: ['openid'] }), undefined)
})

test('the first policy of the client with a rule that fits decides, and in it the first rule that fits', () => {
  const first = policy([rule('a', { grantTypes: ['password'] }), rule('b'), rule('c')])
  assert.equal(ask([first, policy([rule('d')])]), 'b')
  assert.equal(ask([policy([rule('x', { grantTypes: [] })]), policy([rule('d')])]), 'd')
})

test('a policy counts for its clients and while it is active', () => {
  assert.equal(ask([policy([rule('a')], { clients: ['client'] })]), 'a')
  assert.equal(ask([policy([rule('a')], { clients: ['another'] })]), undefined)
  assert.equal(ask([policy([rule('a')], { clients: [] })]), undefined)
  assert.equal(ask([policy([rule('a')], { status: 'INACTIVE' })]), undefined)
})

test('a rule counts while it is active, and for its grants', () => {
  assert.equal(ask([policy([rule('a', { status: 'INACTIVE' })])]), undefined)
  assert.equal(ask([policy([rule('a')])], { grantType: 'client_credentials' }), 'a')
  assert.equal(ask([policy([rule('a')])], { grantType: 'implicit' }), undefined)
})

test('a rule names people and groups; whoever is excluded is out, however they are named', () => {
  const rows: readonly [Partial<AccessRule>, boolean][] = [
    [{ groups: { include: ['EVERYONE'], exclude: [] } }, true],
    [{ groups: { include: ['engineers'], exclude: [] } }, true],
    [{ groups: { include: ['others'], exclude: [] } }, false],
    [{ groups: { include: [], exclude: [] } }, false],
    [{ groups: { include: [], exclude: [] }, users: { include: ['ada'], exclude: [] } }, true],
    [{ groups: { include: [], exclude: [] }, users: { include: ['bob'], exclude: [] } }, false],
    [{ users: { include: ['ada'], exclude: ['ada'] } }, false],
    [{ groups: { include: ['EVERYONE'], exclude: ['readers'] } }, false],
    [{ groups: { include: ['EVERYONE'], exclude: ['readers'] }, users: { include: ['ada'], exclude: [] } }, false],
    [{ groups: { include: ['EVERYONE'], exclude: ['EVERYONE'] } }, false],
    [{ groups: { include: ['EVERYONE'], exclude: ['others'] } }, true],
  ]
  for (const [more, fits] of rows) assert.equal(ask([policy([rule('a', more)])]), fits ? 'a' : undefined)
})

test('client credentials are about nobody, so people and groups do not count', () => {
  const { person: _, ...nobody } = { person: undefined, grantType: 'client_credentials', scopes: ['things'] }
  const closed = policy([rule('a', { groups: { include: [], exclude: ['EVERYONE'] } })])
  assert.equal(
    findRule({ policies: [closed] } as unknown as AuthorizationServer, { clientId: 'c', ...nobody })?.id,
    'a',
  )
})

test('every scope must be the rule’s, but for those of OpenID', () => {
  const things = policy([rule('a', { scopes: ['things'] })])
  assert.equal(ask([things]), 'a')
  assert.equal(ask([things], { scopes: ['openid', 'profile', 'offline_access'] }), 'a')
  assert.equal(ask([things], { scopes: ['things', 'more'] }), undefined)
  assert.equal(ask([policy([rule('a', { scopes: [] })])], { scopes: ['openid'] }), 'a')
  assert.equal(ask([policy([rule('a', { scopes: [] })])], { scopes: ['things'] }), undefined)
})
