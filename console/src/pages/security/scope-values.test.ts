import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Scope } from '../../api/types.ts'
import { newScope, toForm, toRequest } from './scope-values.ts'

const SCOPE: Scope = {
  id: 'scp1',
  name: 'orders.read',
  displayName: 'See your orders',
  description: null,
  system: false,
  default: true,
  metadataPublish: 'ALL_CLIENTS',
  consent: 'IMPLICIT',
  optional: false,
}

describe('the form of a scope', () => {
  const CONSENTS: readonly (readonly [Scope['consent'], optional: boolean])[] = [
    ['IMPLICIT', false],
    ['FLEXIBLE', false],
    ['FLEXIBLE', true],
    ['REQUIRED', false],
    ['REQUIRED', true],
  ]
  for (const [consent, optional] of CONSENTS)
    test(`sends back consent ${consent}${optional ? ' that is optional' : ''}`, () => {
      const sent = toRequest(toForm({ ...SCOPE, consent, optional }))
      assert.deepEqual([sent.consent, sent.optional], [consent, optional])
    })

  test('sends back the rest', () => {
    const { name, displayName, description, default: isDefault, metadataPublish } = toRequest(toForm(SCOPE))
    assert.deepEqual(
      [name, displayName, description, isDefault, metadataPublish],
      ['orders.read', 'See your orders', null, true, 'ALL_CLIENTS'],
    )
  })

  test('a new one asks nobody, is not granted by itself and stays out of the metadata', () => {
    const { consent, default: isDefault, metadataPublish } = toRequest(newScope())
    assert.deepEqual([consent, isDefault, metadataPublish], ['IMPLICIT', false, 'NO_CLIENTS'])
  })

  test('no scope is blocked for services where nobody is asked', () => {
    assert.equal(toRequest({ ...newScope(), blocksServices: true }).consent, 'IMPLICIT')
  })
})
