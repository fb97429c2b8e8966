// The requests that this room's tests make over and over.
import assert from 'node:assert/strict'
import type { Fixture, TestAnswer } from '#test/fixture.ts'
import type { TestApp, TestPerson } from '#test/oauth-client.ts'
import { findAssignment } from './service.ts'
import { type AppParts, sentApp } from './test-app.ts'

export const PATH = '/api/v1/apps'

export const causeOf = (answer: TestAnswer) => answer.json.errorCauses[0]?.errorSummary

/** `fixture` is asked for at each call: it starts after the suite was declared. */
export function appCalls(fixture: () => Fixture) {
  const post = (parts: AppParts = {}) => fixture().request('POST', PATH, { json: sentApp(parts) })
  const ids = async (query: string) => {
    const answer = await fixture().request('GET', `${PATH}?${query}`)
    assert.equal(answer.status, 200, answer.text)
    return answer.json.map(({ id }: { id: string }) => id)
  }
  return {
    post,
    ids,
    async create(parts: AppParts = {}) {
      const answer = await post(parts)
      assert.equal(answer.status, 200, answer.text)
      return answer.json
    },
    lifecycle: (id: string, verb: string) => fixture().request('POST', `${PATH}/${id}/lifecycle/${verb}`),
    filtered: (filter: string) => ids(`limit=200&filter=${encodeURIComponent(filter)}`),
  }
}

export const users = (app: Pick<TestApp, 'id'>, rest = '') => `${PATH}/${app.id}/users${rest}`
export const groups = (app: Pick<TestApp, 'id'>, rest = '') => `${PATH}/${app.id}/groups${rest}`

export const idsOf = (answer: TestAnswer) => answer.json.map(({ id }: { id: string }) => id)

export async function expectOk(answer: Promise<TestAnswer>) {
  const { status, text, json } = await answer
  assert.ok(status < 300, text)
  return json
}

let made = 0

export function assignmentCalls(fixture: () => Fixture) {
  const send = (method: string, path: string, json?: object) => fixture().request(method, path, json ? { json } : {})
  return {
    async newGroup(...members: readonly TestPerson[]) {
      const { id } = await expectOk(send('POST', '/api/v1/groups', { profile: { name: `Group ${++made}` } }))
      for (const { id: userId } of members) await expectOk(send('PUT', `/api/v1/groups/${id}/users/${userId}`))
      return String(id)
    },
    give: (app: TestApp, groupId: string, json?: object) => expectOk(send('PUT', groups(app, `/${groupId}`), json)),
    take: (app: TestApp, groupId: string) => send('DELETE', groups(app, `/${groupId}`)),
    assignDirectly: (app: TestApp, person: TestPerson, more: object = {}) =>
      send('POST', users(app), { id: person.id, scope: 'USER', ...more }),
    async prioritiesOf(app: TestApp): Promise<readonly (readonly [string, number])[]> {
      const list = await expectOk(send('GET', groups(app)))
      return list.map(({ id, priority }: { id: string; priority: number }) => [id, priority])
    },
    assignmentOf: (app: TestApp, person: TestPerson) =>
      fixture().deps.db.read(findAssignment(fixture().deps.db.for(fixture().org.id), app.id, person.id)),
  }
}
