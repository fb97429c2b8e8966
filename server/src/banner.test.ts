import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderAdministrator, renderReady } from './banner.ts'

test('a new administrator is shown with the password that was made', () => {
  const text = renderAdministrator({ login: 'admin@example.com', password: 'Kabcde-1' })
  assert.match(text, /^\n {2}administrator {2}admin@example\.com\n {2}password {7}Kabcde-1\n/)
  assert.match(text, /shown this once/)
})

test('a password that came from the environment is not shown', () => {
  const text = renderAdministrator({ login: 'admin@example.com', password: undefined })
  assert.match(text, /password {7}\(from KEYSTEAD_ADMIN_PASSWORD\)\n\n$/)
})

test('the last line says where it serves', () => {
  assert.equal(renderReady('https://id.example.com'), 'Keystead is ready at https://id.example.com\n')
})
