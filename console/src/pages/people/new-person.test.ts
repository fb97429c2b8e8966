import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { followed, NEW_PERSON, newPersonProblems, toRequest } from './new-person.ts'

const GRACE = {
  ...NEW_PERSON,
  firstName: ' Grace ',
  lastName: 'Hopper',
  login: 'grace@navy.example',
  email: 'g@navy.example',
}

describe('a new person', () => {
  test('is sent without what was left empty', () =>
    assert.deepEqual(toRequest(GRACE), {
      body: {
        profile: { firstName: 'Grace', lastName: 'Hopper', login: 'grace@navy.example', email: 'g@navy.example' },
      },
      activate: true,
      mustChangePassword: false,
    }))

  test('gets the password, the groups and the second address that were given', () => {
    const values = {
      ...GRACE,
      secondEmail: 'home@grace.example',
      groupIds: ['00g1'],
      setsPassword: true,
      password: ' a ',
    }
    const { body, mustChangePassword } = toRequest(values)
    assert.equal(body.profile.secondEmail, 'home@grace.example')
    assert.deepEqual(body.groupIds, ['00g1'])
    assert.deepEqual(body.credentials, { password: { value: ' a ' } })
    assert.equal(mustChangePassword, true)
  })

  test('who is activated later is not made to change a password: the API refuses the two together', () => {
    const { activate, mustChangePassword } = toRequest({
      ...GRACE,
      activation: 'later',
      setsPassword: true,
      password: 'x',
    })
    assert.deepEqual([activate, mustChangePassword], [false, false])
  })

  test('a password that was typed and is not to be set is not sent', () =>
    assert.equal(toRequest({ ...GRACE, password: 'typed' }).body.credentials, undefined))

  test('the username follows the email, and the email the username, until each is typed itself', () => {
    const neither = new Set<'login' | 'email'>()
    assert.deepEqual(followed(NEW_PERSON, neither, 'email', 'a@b'), { login: 'a@b', email: 'a@b' })
    assert.deepEqual(followed(NEW_PERSON, neither, 'login', 'a@b'), { login: 'a@b', email: 'a@b' })
    assert.deepEqual(followed(GRACE, new Set(['login'] as const), 'email', 'n@b'), { login: GRACE.login, email: 'n@b' })
  })

  test('what must be there is asked for', () => {
    const blank = 'The field cannot be left blank'
    assert.deepEqual(newPersonProblems(NEW_PERSON), { firstName: blank, lastName: blank, login: blank, email: blank })
    assert.deepEqual(newPersonProblems(GRACE), {})
    assert.deepEqual(newPersonProblems({ ...GRACE, setsPassword: true }), { password: blank })
  })
})
