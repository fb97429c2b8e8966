import assert from 'node:assert/strict'
import { test } from 'node:test'
import { consoleNameOf, consoleUrlOf } from './console-url.ts'

const NAMES: readonly [host: string, name: string | undefined][] = [
  ['id.example.com', 'id-admin.example.com'],
  ['acme.localhost:8765', 'acme-admin.localhost:8765'],
  ['localhost', undefined],
  ['localhost:8765', undefined],
  ['127.0.0.1', undefined],
  ['127.0.0.1:8765', undefined],
  ['[::1]:8765', undefined],
]
for (const [host, name] of NAMES)
  test(`people look for the console of ${host} at ${name ?? 'no other name'}`, () =>
    assert.equal(consoleNameOf(host), name))

test('the origin set apart for the console is that of the org of KEYSTEAD_URL alone', () => {
  const places = { url: 'https://id.example.com', adminUrl: 'https://console.example.com' }
  assert.equal(consoleUrlOf(places, 'https://id.example.com'), 'https://console.example.com')
  assert.equal(consoleUrlOf(places, 'https://other.example.com'), 'https://other.example.com')
  assert.equal(consoleUrlOf({ ...places, adminUrl: 'http://id.example.com' }, places.url), places.url)
})
