// Features as tests speak of them: by name.
import assert from 'node:assert/strict'
import type { Fixture, TestOrg } from './fixture.ts'

/** Switches a feature of the org through the API. */
export async function switchFeature(
  fixture: Fixture,
  name: string,
  to: 'enable' | 'disable',
  org: TestOrg = fixture,
): Promise<void> {
  const { json } = await fixture.request('GET', '/api/v1/features', { org })
  const feature = json.find((one: { name: string }) => one.name === name)
  assert.ok(feature, `there is no feature ${name}`)
  const answer = await fixture.request('POST', `/api/v1/features/${feature.id}/${to}`, { org })
  assert.equal(answer.status, 200, answer.text)
}
