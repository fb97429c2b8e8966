import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explainRedirectUri, type MarkKind } from './redirect-difference.ts'

const CALLBACK = 'https://app.example.com/callback'

const ONE: readonly [sent: string, registered: string, kinds: readonly MarkKind[]][] = [
  [CALLBACK, CALLBACK, []],
  [`${CALLBACK}/`, CALLBACK, ['trailing-slash']],
  [CALLBACK, `${CALLBACK}/`, ['trailing-slash']],
  ['https://app.example.com', 'https://app.example.com/', ['trailing-slash']],
  ['http://app.example.com/callback', CALLBACK, ['scheme']],
  ['HTTPS://app.example.com/callback', CALLBACK, ['case']],
  ['https://app.example.com:8443/callback', CALLBACK, ['port']],
  ['https://app.example.com:443/callback', CALLBACK, ['port']],
  ['http://localhost:3000/callback', 'http://localhost:8080/callback', ['port']],
  ['http://127.0.0.1:8080/callback', 'http://localhost:8080/callback', ['host']],
  ['http://[::1]:8080/callback', 'http://[::1]:8081/callback', ['port']],
  ['https://APP.example.com/callback', CALLBACK, ['case']],
  ['https://www.example.com/callback', CALLBACK, ['host']],
  ['https://bücher.example/cb', 'https://xn--bcher-kva.example/cb', ['case']],
  ['https://app.example.com/Callback', CALLBACK, ['case']],
  ['https://app.example.com/Callback/', CALLBACK, ['trailing-slash', 'case']],
  ['https://app.example.com/login/callback', CALLBACK, ['path']],
  ['https://app.example.com/login/', CALLBACK, ['path']],
  ['https://app.example.com/callback?a=1', CALLBACK, ['query']],
  ['https://app.example.com/callback?b=2&a=1', `${CALLBACK}?a=1&b=2`, ['query']],
  ['https://app.example.com/callback#/home', CALLBACK, ['fragment']],
  ['http://app.example.com:3000/callback/', CALLBACK, ['scheme', 'port', 'trailing-slash']],
  ['com.example.app:/callback', 'com.example.app:/cb', ['path']],
  ['com.example.app://callback', 'com.example.app:/callback', ['host', 'path']],
  ['javascript:alert(1)', CALLBACK, ['scheme', 'host', 'path']],
  ['', CALLBACK, ['scheme', 'host', 'path']],
  ['not a uri', CALLBACK, ['scheme', 'host', 'path']],
  ['https://user@app.example.com/callback', CALLBACK, ['host']],
  ['https://pr-7.example.com/cb', 'https://*.example.com/cb', []],
  ['https://pr-7.example.com/other', 'https://*.example.com/cb', ['path']],
  ['https://a.b.example.com/cb', 'https://*.example.com/cb', ['host']],
]
for (const [sent, registered, kinds] of ONE)
  test(`"${sent}" differs from ${registered} in ${kinds.join(', ') || 'nothing'}`, () => {
    const [difference] = explainRedirectUri(sent, [registered])
    assert.deepEqual(
      difference?.marks.map(({ kind }) => kind),
      kinds,
    )
  })

test('a mark tells both parts as they were written', () => {
  assert.deepEqual(explainRedirectUri('http://app.example.com:3000/cb', ['https://app.example.com/cb']), [
    {
      registered: 'https://app.example.com/cb',
      marks: [
        { kind: 'scheme', sent: 'http', registered: 'https' },
        { kind: 'port', sent: '3000', registered: '' },
      ],
    },
  ])
})

const NEAREST: readonly [sent: string, registered: readonly string[], nearest: string][] = [
  [`${CALLBACK}/`, ['http://localhost:8080/callback', CALLBACK, 'https://app.example.com/other'], CALLBACK],
  ['http://localhost:3000/callback', [CALLBACK, 'http://localhost:8080/callback'], 'http://localhost:8080/callback'],
  ['https://app.example.com/x', ['https://other.example.com/x', CALLBACK], CALLBACK],
  ['https://app.example.com/callback2', ['https://app.example.com/login', CALLBACK], CALLBACK],
]
for (const [sent, registered, nearest] of NEAREST)
  test(`of ${registered.join(', ')} the nearest to ${sent} is ${nearest}`, () => {
    assert.equal(explainRedirectUri(sent, registered)[0]?.registered, nearest)
  })

test('without registered URIs there is nothing to compare with', () => {
  assert.deepEqual(explainRedirectUri(CALLBACK, []), [])
})
