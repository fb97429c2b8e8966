import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { groupProblems, NEW_GROUP, toForm, toRequest } from './group-values.ts'

const GROUP = {
  id: '00g1',
  created: '',
  lastUpdated: '',
  lastMembershipUpdated: '',
  type: 'OKTA_GROUP' as const,
  profile: { name: 'Sales', description: null, costCenter: 7 },
}

describe('a group in its form', () => {
  test('keeps the attributes that the form does not show', () =>
    assert.deepEqual(toRequest({ ...toForm(GROUP), name: ' Sales EU ' }, GROUP), {
      name: 'Sales EU',
      description: null,
      costCenter: 7,
    }))

  test('is sent with its description where it has one', () =>
    assert.deepEqual(toRequest({ name: 'Ops', description: ' On call ' }), { name: 'Ops', description: 'On call' }))

  test('needs a name', () => {
    assert.deepEqual(groupProblems(NEW_GROUP), { name: 'The field cannot be left blank' })
    assert.deepEqual(groupProblems({ name: 'Ops', description: '' }), {})
  })
})
