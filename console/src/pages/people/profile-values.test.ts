import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ownAttributes, toForm, toRequest } from './profile-values.ts'

const PROFILE = {
  login: 'grace@navy.example',
  firstName: 'Grace',
  mobilePhone: null,
  city: 'Arlington',
  badges: [7, 'gold'],
  remote: false,
}

describe('the profile of a person', () => {
  test('is a text for each standard attribute, empty where there is none', () => {
    const values = toForm(PROFILE)
    assert.equal(values.firstName, 'Grace')
    assert.equal(values.mobilePhone, '')
    assert.equal(values.department, '')
    assert.equal('badges' in values, false)
  })

  test('is sent as what was changed alone, null where it was emptied', () => {
    const before = toForm(PROFILE)
    assert.deepEqual(toRequest(before, { ...before, firstName: ' Gracie ', city: ' ', department: 'Compilers' }), {
      firstName: 'Gracie',
      city: null,
      department: 'Compilers',
    })
    assert.deepEqual(toRequest(before, before), {})
  })

  test("shows the org's own attributes as text", () =>
    assert.deepEqual(ownAttributes(PROFILE), [
      ['badges', '7, gold'],
      ['remote', 'false'],
    ]))
})
