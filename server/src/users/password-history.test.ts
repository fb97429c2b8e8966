import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { all } from '#db/unit.ts'
import { MINUTE } from '#kernel/instant.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { hiddenFields, newBrowser, visit } from '#test/oauth-client.ts'
import { addPerson, PASSWORD, type TestPerson } from '#test/people.ts'
import { newGroup, newPasswordPolicy } from '#test/policies.ts'

const FIRST = PASSWORD
const [SECOND, THIRD] = ['Second-Horse-2', 'Third-Horse-3']

onEachDatabase('a new password', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const post = (path: string, json?: object) => {
    fixture.clock.advance(1_000)
    return fixture.request('POST', `/api/v1/users/${path}`, json ? { json } : {})
  }
  const change = ({ id }: TestPerson, oldPassword: string, newPassword: string, query = '') =>
    post(`${id}/credentials/change_password${query}`, {
      oldPassword: { value: oldPassword },
      newPassword: { value: newPassword },
    })
  const set = ({ id }: TestPerson, value: string, query = '') =>
    post(`${id}${query}`, { credentials: { password: { value } } })
  const causeOf = ({ status, json }: Awaited<ReturnType<typeof post>>) => [status, json.errorCauses?.[0]?.errorSummary]
  const kept = async ({ id }: TestPerson) => {
    const tx = fixture.deps.db.for(fixture.org.id)
    return (await fixture.deps.db.read(all(tx.from('password_history').select('hash').where('user_id', '=', id))))
      .length
  }

  async function under(password: object): Promise<TestPerson> {
    const person = await addPerson(fixture)
    await newPasswordPolicy(fixture, await newGroup(fixture, person.id), password)
    return person
  }
  const LAST_TWO = 'Password requirements were not met. Your password cannot be any of your last 2 passwords.'

  test('is none of the last ones, the present one among them, and no more hashes are kept than that takes', async () => {
    const person = await under({ age: { historyCount: 2 } })
    assert.deepEqual(causeOf(await change(person, FIRST, FIRST)), [403, `newPassword: ${LAST_TWO}`])
    assert.equal((await change(person, FIRST, SECOND)).status, 200)
    assert.deepEqual(causeOf(await change(person, SECOND, FIRST)), [403, `newPassword: ${LAST_TWO}`])
    assert.equal((await change(person, SECOND, THIRD)).status, 200)
    assert.equal(await kept(person), 1)
    assert.equal((await change(person, THIRD, FIRST)).status, 200)
  })

  test('is not compared with former ones where the policy keeps no history, and then none is kept', async () => {
    const person = await under({ age: { historyCount: 0 } })
    assert.equal((await change(person, FIRST, SECOND)).status, 200)
    assert.equal((await change(person, SECOND, FIRST)).status, 200)
    assert.equal(await kept(person), 0)
  })

  test('that is refused for the history costs no attempt', async () => {
    const person = await under({ age: { historyCount: 2 }, lockout: { maxAttempts: 2 } })
    for (let n = 0; n < 4; n++)
      assert.deepEqual(causeOf(await change(person, FIRST, FIRST)), [403, `newPassword: ${LAST_TWO}`])
    assert.equal((await change(person, FIRST, SECOND)).status, 200)
  })

  test('that an administrator sets is held to history and age where strict is asked for', async () => {
    const person = await under({ age: { historyCount: 2, minAgeMinutes: 60 } })
    assert.equal((await set(person, SECOND)).status, 200)
    const soon =
      'password: Password requirements were not met. At least 60 minute(s) must have elapsed since you last changed your password.'
    assert.deepEqual(causeOf(await set(person, THIRD, '?strict=true')), [400, soon])
    assert.deepEqual(causeOf(await change(person, SECOND, THIRD, '?strict=true')), [
      403,
      soon.replace('password', 'newPassword'),
    ])
    fixture.clock.advance(60 * MINUTE)
    assert.deepEqual(causeOf(await set(person, FIRST, '?strict=true')), [400, `password: ${LAST_TWO}`])
    assert.equal((await set(person, FIRST)).status, 200)
  })

  test('by a link is none of the last ones either, and the link stays good', async () => {
    const person = await under({ age: { historyCount: 2 } })
    const { json } = await post(`${person.id}/lifecycle/reset_password?sendEmail=false`)
    const path = json.resetPasswordUrl.replace(fixture.org.url, '')
    const browser = newBrowser()
    const choose = async (password: string) => {
      const page = await visit(fixture, browser, 'GET', path)
      const form = { ...hiddenFields(page.text), 'credentials.passcode': password, confirmPassword: password }
      return visit(fixture, browser, 'POST', '/signin/reset-password', { form })
    }
    const refused = await choose(FIRST)
    assert.equal(refused.status, 400)
    assert.match(refused.text, /cannot be any of your last 2 passwords/)
    assert.equal((await choose(SECOND)).status, 303)
  })

  test('is what the policy of the groups asks for that a person is made in', async () => {
    const groupId = await newGroup(fixture)
    await newPasswordPolicy(fixture, groupId, { complexity: { minLength: 20, minSymbol: 2 } })
    const login = `grouped-${dialect}@example.com`
    const profile = { login, email: login, firstName: 'Grouped', lastName: 'Person' }
    const create = (value: string) =>
      fixture.request('POST', '/api/v1/users', {
        json: { profile, groupIds: [groupId], credentials: { password: { value } } },
      })
    const [status, cause] = causeOf(await create(PASSWORD))
    assert.deepEqual([status, /at least 20 characters/.test(cause)], [400, true])
    assert.equal((await create('A-very-Long-passphrase-1')).status, 200)
  })

  test('is no common one where the policy says so, and no name of its owner’s', async () => {
    const person = await under({
      complexity: { dictionary: { common: { exclude: true } }, excludeAttributes: ['firstName'] },
    })
    const common =
      'password: This password was found in a list of commonly used passwords. Please try another password.'
    assert.deepEqual(causeOf(await set(person, 'Password1')), [400, common])
    assert.match(causeOf(await set(person, 'Xx-pat-Xx-91'))[1], /does not include your first name/)
    assert.equal((await set(person, SECOND)).status, 200)
  })

  test('that is temporary is one that a strict policy takes', async () => {
    const complexity = { minLength: 30, minLowerCase: 3, minUpperCase: 3, minNumber: 3, minSymbol: 3 }
    const person = await under({ complexity })
    const { json, status } = await post(`${person.id}/lifecycle/expire_password_with_temp_password`)
    assert.deepEqual([status, json.tempPassword.length >= 30], [200, true])
  })
})
