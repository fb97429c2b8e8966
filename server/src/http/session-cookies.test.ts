import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clearedSessionCookies, sessionCookies } from './session-cookies.ts'

test('on https the cookies are for https alone and go along on calls from other sites', () => {
  const attributes = 'Path=/; HttpOnly; SameSite=None; Secure'
  assert.deepEqual(sessionCookies('https://id.example.com', 'v'), [`sid=v; ${attributes}`, `idx=v; ${attributes}`])
})

test('on plain http, where browsers would drop that, they stay on the site', () => {
  const attributes = 'Path=/; HttpOnly; SameSite=Lax'
  assert.deepEqual(sessionCookies('http://localhost:8765', 'v'), [`sid=v; ${attributes}`, `idx=v; ${attributes}`])
})

test('they last as long as is said, else until the browser is closed', () => {
  for (const line of sessionCookies('http://localhost', 'v', 60)) assert.match(line, /; Max-Age=60$/)
  for (const line of sessionCookies('http://localhost', 'v')) assert.doesNotMatch(line, /Max-Age|Expires/)
})

test('clearing them names the same host and path, and ends them at once', () => {
  assert.deepEqual(clearedSessionCookies('https://id.example.com'), [
    'sid=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0',
    'idx=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0',
  ])
})
