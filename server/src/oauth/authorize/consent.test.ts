import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuthorizationServer, Scope } from '#authorization-servers/authorization-server.ts'
import { type ConsentAnswer, type ConsentQuestion, decideConsent } from './consent.ts'

const scope = (name: string, consent: Scope['consent'], optional = false): Scope => ({
  id: name,
  name,
  displayName: undefined,
  description: undefined,
  consent,
  metadataPublish: 'NO_CLIENTS',
  isDefault: false,
  optional,
  system: false,
})

const server = {
  scopes: [
    scope('openid', 'IMPLICIT'),
    scope('quiet', 'IMPLICIT'),
    scope('ask', 'REQUIRED'),
    scope('flex', 'FLEXIBLE'),
    scope('maybe', 'REQUIRED', true),
    scope('quiet-maybe', 'IMPLICIT', true),
  ],
} as unknown as AuthorizationServer

function decide(asked: string, more: Partial<ConsentQuestion> & { trusted?: true } = {}): string {
  const { trusted, ...question } = more
  const decision = decideConsent({
    server,
    app: { consentMethod: trusted ? 'TRUSTED' : 'REQUIRED' },
    scopes: asked.split(' '),
    prompt: [],
    given: [],
    answer: undefined,
    ...question,
  })
  return decision.kind === 'proceed'
    ? ['proceed', ...decision.declined].join(' ')
    : `${decision.kind} ${decision.scopes.map(({ name }) => name).join(' ')}`
}

test('the table: prompt, app and scope', () => {
  const rows: readonly [readonly string[], boolean, string, string][] = [
    [['consent'], false, 'ask', 'ask ask'],
    [['consent'], false, 'flex', 'ask flex'],
    [['consent'], true, 'ask', 'ask ask'],
    [['consent'], true, 'flex', 'ask flex'],
    [['consent'], true, 'quiet', 'proceed'],
    [['consent'], false, 'quiet', 'proceed'],
    [['login', 'consent'], true, 'ask', 'ask ask'],
    [[], true, 'ask', 'proceed'],
    [[], true, 'flex', 'proceed'],
    [[], true, 'quiet', 'proceed'],
    [['login'], true, 'ask', 'proceed'],
    [[], false, 'ask', 'ask ask'],
    [[], false, 'flex', 'ask flex'],
    [[], false, 'quiet', 'proceed'],
    [['none'], false, 'ask flex', 'required ask flex'],
    [['none'], true, 'ask flex', 'proceed'],
  ]
  for (const [prompt, trusted, asked, expected] of rows)
    assert.equal(decide(`openid ${asked}`, { prompt, ...(trusted ? { trusted } : {}) }), expected, `${prompt} ${asked}`)
})

test('the org’s own server asks nobody', () => {
  assert.equal(decide('openid ask', { server: undefined, prompt: ['consent'] }), 'proceed')
})

test('what was given before is not asked for again, unless the prompt says so or a scope came in addition', () => {
  assert.equal(decide('ask flex', { given: ['ask', 'flex'] }), 'proceed')
  assert.equal(decide('ask flex', { given: ['ask'] }), 'ask ask flex')
  assert.equal(decide('ask', { given: ['ask'], prompt: ['consent'] }), 'ask ask')
  assert.equal(decide('ask flex', { given: ['ask'], prompt: ['none'] }), 'required flex')
})

test('an optional scope that was not given stops no silent request: it is left out', () => {
  assert.equal(decide('ask maybe', { given: ['ask'], prompt: ['none'] }), 'proceed maybe')
  assert.equal(decide('ask maybe', { given: ['ask'] }), 'ask ask maybe')
  assert.equal(decide('ask maybe', { prompt: ['none'] }), 'required ask')
})

test('an answer covers what was shown and nothing else', () => {
  const answer = (shown: string, scopes: string): ConsentAnswer => ({
    allowed: true,
    shown: shown.split(' '),
    scopes: scopes.split(' '),
  })
  assert.equal(decide('ask maybe', { answer: answer('ask maybe', 'ask maybe') }), 'proceed')
  assert.equal(decide('ask maybe', { answer: answer('ask maybe', 'ask') }), 'proceed maybe')
  assert.equal(decide('ask flex', { answer: answer('ask', 'ask') }), 'ask ask flex')
  assert.equal(decide('ask', { answer: answer('ask', 'ask'), prompt: ['consent'] }), 'proceed')
  assert.equal(decide('ask quiet-maybe', { answer: answer('ask', 'ask') }), 'proceed')
})
