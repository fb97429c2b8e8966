import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PolicyRule } from '../../../api/types.ts'
import { newSignOnRule, signOnToForm, signOnToRequest } from './sign-on-values.ts'

type SignOn = NonNullable<PolicyRule['actions']['signon']>

const SIGN_ON: SignOn = {
  access: 'ALLOW',
  requireFactor: false,
  primaryFactor: 'PASSWORD_IDP',
  rememberDeviceByDefault: false,
  session: { usePersistentCookie: false, maxSessionIdleMinutes: 120, maxSessionLifetimeMinutes: 0 },
}
const NOBODY = { users: { include: [], exclude: [] }, groups: { include: [], exclude: [] } }

const ruleOf = (signon: Partial<SignOn>, people: typeof NOBODY | object = NOBODY): PolicyRule => ({
  id: '0pr1',
  type: 'SIGN_ON',
  name: 'Office',
  status: 'ACTIVE',
  priority: 1,
  system: false,
  conditions: { people, authContext: { authType: 'RADIUS' } },
  actions: { signon: { ...SIGN_ON, ...signon } },
})

describe('the form of a rule of a global session policy', () => {
  const session = { usePersistentCookie: true, maxSessionIdleMinutes: 15, maxSessionLifetimeMinutes: 480 }
  const CASES: readonly (readonly [what: string, rule: PolicyRule])[] = [
    ['a password alone', ruleOf({})],
    ['any factor', ruleOf({ primaryFactor: 'PASSWORD_IDP_ANY_FACTOR' })],
    ['no access', ruleOf({ access: 'DENY' })],
    ['a second factor always', ruleOf({ requireFactor: true, factorPromptMode: 'ALWAYS', factorLifetime: 0 })],
    ['one on each device', ruleOf({ requireFactor: true, factorPromptMode: 'DEVICE', factorLifetime: 0 })],
    ['one after a time', ruleOf({ requireFactor: true, factorPromptMode: 'SESSION', factorLifetime: 60 })],
    ['one as long as the session', ruleOf({ requireFactor: true, factorPromptMode: 'SESSION', factorLifetime: 0 })],
    ['a short session', ruleOf({ session })],
    ['people', ruleOf({}, { ...NOBODY, users: { include: ['00u1'], exclude: ['00u2'] } })],
    ['groups', ruleOf({}, { ...NOBODY, groups: { include: ['00g1'], exclude: ['00g2'] } })],
  ]
  for (const [what, rule] of CASES)
    test(`sends back ${what}, with the conditions that it does not show`, () => {
      const { name, conditions, actions } = rule
      assert.deepEqual(signOnToRequest(signOnToForm(rule), rule), { name, conditions, actions })
    })

  test('of a new rule lets in with a password, for everybody', () => {
    assert.deepEqual(signOnToRequest({ ...newSignOnRule(), name: ' New ' }), {
      name: 'New',
      conditions: { people: NOBODY },
      actions: { signon: SIGN_ON },
    })
  })

  test('names nobody once it is for everyone again', () => {
    const values = signOnToForm(ruleOf({}, { ...NOBODY, users: { include: ['00u1'], exclude: [] } }))
    assert.deepEqual(signOnToRequest({ ...values, people: 'everyone' }).conditions?.people, NOBODY)
  })
})
