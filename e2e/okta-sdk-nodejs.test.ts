import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Application } from '@okta/okta-sdk-nodejs'
import { assign, createPerson, registerSpa, trustOrigin } from './harness/admin.ts'
import { setStage } from './harness/stage.ts'

const stage = await setStage()

const placesOf = (origin: string) => ({ origin, callback: '/login/callback', signedOut: '' })

test("Okta's management SDK makes an app, a person, an assignment and a trusted origin, and finds each of them", async () => {
  const { admin } = stage
  const origin = 'http://localhost:5173'
  const app = await registerSpa(admin, 'Made by the SDK', placesOf(origin))
  const person = await createPerson(admin, 'Sdana', 'Kitt')
  await assign(admin, person, app.id)
  await trustOrigin(admin, origin)

  const found: Application = await admin.applicationApi.getApplication({ appId: app.id })
  assert.deepEqual([found.label, found.status, found.signOnMode], ['Made by the SDK', 'ACTIVE', 'OPENID_CONNECT'])
  const { profile, status } = await admin.userApi.getUser({ userId: person.login })
  assert.deepEqual([profile?.firstName, profile?.lastName, status], ['Sdana', 'Kitt', 'ACTIVE'])
  const assigned = await admin.applicationApi.listApplicationUsers({ appId: app.id })
  assert.deepEqual(await collect(assigned, ({ id, scope }) => [id, scope]), [[person.id, 'USER']])
  const origins = await admin.trustedOriginApi.listTrustedOrigins()
  assert.deepEqual(await collect(origins, (trusted) => [trusted.origin, trusted.status]), [[origin, 'ACTIVE']])
})

test('the SDK follows the links of a list from page to page', async () => {
  const { admin } = stage
  for (const number of [1, 2, 3, 4, 5])
    await registerSpa(admin, `Paged ${number}`, placesOf(`http://localhost:600${number}`))
  const apps = await admin.applicationApi.listApplications({ q: 'Paged', limit: 2 })
  assert.deepEqual(await collect(apps, ({ label }) => label), ['Paged 1', 'Paged 2', 'Paged 3', 'Paged 4', 'Paged 5'])
})

test('the SDK ends an app in two steps, and reads why one of them is refused', async () => {
  const { admin } = stage
  const { id: appId } = await registerSpa(admin, 'To be deleted', placesOf('http://localhost:6010'))
  await assert.rejects(admin.applicationApi.deleteApplication({ appId }), { status: 403, errorCode: 'E0000056' })
  await admin.applicationApi.deactivateApplication({ appId })
  await admin.applicationApi.deleteApplication({ appId })
  await assert.rejects(admin.applicationApi.getApplication({ appId }), { status: 404, errorCode: 'E0000007' })
})

async function collect<Item, T>(list: AsyncIterable<Item | null>, read: (item: Item) => T): Promise<T[]> {
  const values: T[] = []
  for await (const item of list) if (item !== null) values.push(read(item))
  return values
}
