import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#kernel/refusal.ts'
import { partOf } from './multipart.ts'

const TYPE = 'multipart/form-data; boundary=xYz'
const CONTENT = Buffer.from([0, 13, 10, 45, 45, 120, 255, 13, 10])

const body = (...parts: readonly (string | Buffer)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part)))
const part = (disposition: string, content: string | Buffer, more = '') =>
  body(`--xYz\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n`, content, '\r\n')
const END = '--xYz--\r\n'
const read = (bytes: Buffer, contentType = TYPE) => partOf({ contentType, bytes }, 'file')

const FORMS: readonly [sender: string, contentType: string, bytes: Buffer][] = [
  ['Go', TYPE, body(part('name="file"; filename="a.png"', CONTENT, 'Content-Type: application/octet-stream\r\n'), END)],
  [
    '.NET',
    'multipart/form-data; boundary="xYz"',
    body(part("name=file; filename=a.png; filename*=utf-8''a.png", CONTENT), END),
  ],
  [
    'a browser',
    TYPE,
    body(part('name="label"', 'x'), part('name="file"; filename="ä; name=\u00fc.png"', CONTENT), END),
  ],
  ['one that says the file name first', TYPE, body(part('filename="a.png"; name="file"', CONTENT), END)],
  ['one with a preamble and an epilogue', TYPE, body('Hello.\r\n', part('name="file"', CONTENT), END, 'Bye.')],
  [
    'one that writes in small letters',
    'Multipart/Form-Data; charset=utf-8; Boundary=xYz',
    body('--xYz\r\ncontent-disposition: form-data; name="file"\r\n\r\n', CONTENT, '\r\n--xYz--'),
  ],
]
for (const [sender, contentType, bytes] of FORMS)
  test(`a file is read as it was sent by ${sender}`, () => assert.deepEqual(read(bytes, contentType), CONTENT))

test('an empty part is empty, and a part that is not there is undefined', () => {
  assert.equal(read(body(part('name="file"', ''), END))?.length, 0)
  assert.equal(read(body(part('name="other"; filename="file"', CONTENT), END)), undefined)
  assert.equal(read(body(END)), undefined)
})

const BROKEN: readonly [why: string, bytes: Buffer, contentType?: string][] = [
  ['nothing', body()],
  ['no boundary in it', body('file')],
  ['no boundary named', body(part('name="file"', CONTENT), END), 'multipart/form-data'],
  ['a boundary that is too long', body(END), `multipart/form-data; boundary=${'x'.repeat(71)}`],
  ['an end that is missing', body('--xYz\r\nContent-Disposition: form-data; name="file"\r\n\r\n', CONTENT)],
  ['headers without an end', body('--xYz\r\nContent-Disposition: form-data; name="file"\r\n', 'x\r\n--xYz--')],
  ['headers that are too long', body(part('name="file"', CONTENT, `X: ${'x'.repeat(9_000)}\r\n`), END)],
  [
    'too many parts',
    body(...Array.from({ length: 21 }, () => part('name="x"', '')), part('name="file"', CONTENT), END),
  ],
]
for (const [why, bytes, contentType] of BROKEN)
  test(`a form with ${why} is not well-formed`, () => {
    assert.throws(
      () => read(bytes, contentType),
      (error) => error instanceof Refusal && error.code === 'malformed_body',
    )
  })
