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
  const READY: readonly [url: string, port: number, text: string][] = [
    ['http://localhost:8765', 8765, 'Keystead is ready at http://localhost:8765\n'],
    ['https://id.example.com', 443, 'Keystead is ready at https://id.example.com\n'],
    ['https://id.example.com', 8765, 'Keystead is ready at https://id.example.com, listening on 127.0.0.1:8765\n'],
    ['http://localhost:8765', 8791, 'Keystead is ready at http://localhost:8765, listening on 127.0.0.1:8791\n'],
  ]
  for (const [url, port, text] of READY) assert.equal(renderReady({ url, host: '127.0.0.1', port }), text)
})
