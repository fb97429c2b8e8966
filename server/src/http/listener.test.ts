// What only shows on the wire: requests that no client library would send.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { type AddressInfo, connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { newListener } from './listener.ts'

let server: FastifyInstance
let port = 0
before(async () => {
  server = newListener({ trustedProxies: [], random: randomBytes })
  server.get('/*', async ({ host, url }) => ({ host, url }))
  await server.listen({ host: '127.0.0.1', port: 0 })
  port = (server.server.address() as AddressInfo).port
})
after(() => server.close())

/** The answer to a request of these lines. */
function send(...lines: readonly string[]): Promise<{ readonly status: number; readonly json: unknown }> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.end([...lines, 'Connection: close', '', ''].join('\r\n')))
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => {
      text += part
    })
    socket.on('error', reject)
    socket.on('close', () => {
      const [head = '', body = ''] = text.split('\r\n\r\n')
      resolve({ status: Number(head.split(' ')[1]), json: body.startsWith('{') ? JSON.parse(body) : undefined })
    })
  })
}

describe('the host of a request', () => {
  test('that is named twice is refused, whichever is right', async () => {
    for (const second of ['evil.example', 'id.example.com', '']) {
      const answer = await send('GET /a HTTP/1.1', 'Host: id.example.com', `host: ${second}`)
      assert.partialDeepStrictEqual(answer, { status: 400, json: { errorSummary: 'Api validation failed: Host' } })
    }
    assert.equal((await send('GET /a HTTP/1.1')).status, 400)
    assert.equal((await send('GET /a HTTP/1.1', 'Host: id.example.com', 'X-Host: evil.example')).status, 200)
  })

  test('is that of the target where the target is a whole URL, of which the path alone is left', async () => {
    const TARGETS: readonly (readonly [target: string, url: string])[] = [
      ['http://id.example.com/a?b=c', '/a?b=c'],
      ['HTTPS://id.example.com', '/'],
      ['http://id.example.com?b=/c', '/?b=/c'],
      ['http://x:y@id.example.com/a', '/a'],
      ['http://id.example.com/http://evil.example/', '/http://evil.example/'],
    ]
    for (const [target, url] of TARGETS) {
      const answer = await send(`GET ${target} HTTP/1.1`, 'Host: other.example')
      assert.deepEqual(answer, { status: 200, json: { host: 'id.example.com', url } }, target)
    }
    const plain = await send('GET /a HTTP/1.1', 'Host: id.example.com')
    assert.deepEqual(plain.json, { host: 'id.example.com', url: '/a' })
  })
})
