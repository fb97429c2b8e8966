import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { openConsole } from '#test/console-client.ts'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'
import type { Browser } from '#test/oauth-client.ts'
import { decideCoding } from './console/console-files.ts'

const PAGE = `<!doctype html><title>Console</title>${'<p>'.repeat(400)}`
const SCRIPT = `console.log('${'a'.repeat(2_000)}')`
const ASSET = '/admin/assets/index-abc123.js'

describe('the files of the console', () => {
  let fixture: Fixture
  let folder: string
  let browser: Browser
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keystead-console-'))
    mkdirSync(join(folder, 'assets'))
    for (const [name, text] of [
      ['index.html', PAGE],
      ['assets/index-abc123.js', SCRIPT],
    ] as const) {
      writeFileSync(join(folder, name), text)
      writeFileSync(join(folder, `${name}.br`), brotliCompressSync(text))
      writeFileSync(join(folder, `${name}.gz`), gzipSync(text))
    }
    writeFileSync(join(folder, 'icon.svg'), '<svg/>')
    writeFileSync(join(folder, '.sources'), 'kept by the build')
    fixture = await startFixture({ consoleFolder: folder })
    browser = (await openConsole(fixture, fixture.admin)).browser
  })
  after(async () => {
    await fixture.close()
    rmSync(folder, { recursive: true })
  })

  const get = (path: string, headers: Readonly<Record<string, string>> = {}, cookies = {}): Promise<TestAnswer> =>
    fixture.request('GET', path, { token: null, headers, cookies })

  test('are everybody’s, and kept for ever where their name says what they hold', async () => {
    const answer = await get(ASSET)
    assert.deepEqual([answer.status, answer.text], [200, SCRIPT])
    assert.equal(answer.headers['content-type'], 'text/javascript; charset=utf-8')
    assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.equal(answer.headers['x-content-type-options'], 'nosniff')
    assert.match(String(answer.headers['content-security-policy']), /script-src 'self';/)
    const icon = await get('/admin/icon.svg')
    assert.deepEqual([icon.status, icon.headers['cache-control'], icon.headers.vary], [200, 'no-cache', undefined])
  })

  test('come in the form that the browser reads, each with a tag of its own', async () => {
    const tags = new Set<unknown>()
    for (const [accepted, coding, length] of [
      ['gzip, deflate, br, zstd', 'br', brotliCompressSync(SCRIPT).length],
      ['gzip, deflate', 'gzip', gzipSync(SCRIPT).length],
      ['deflate', undefined, SCRIPT.length],
    ] as const) {
      const { status, headers } = await get(ASSET, { 'accept-encoding': accepted })
      assert.deepEqual(
        [status, headers['content-encoding'], Number(headers['content-length']), headers.vary],
        [200, coding, length, 'Accept-Encoding'],
      )
      tags.add(headers.etag)
      for (const known of [String(headers.etag), `"x", W/${headers.etag}`, '*']) {
        const again = await get(ASSET, { 'accept-encoding': accepted, 'if-none-match': known })
        assert.deepEqual([again.status, again.text, again.headers.vary], [304, '', 'Accept-Encoding'])
      }
      assert.equal((await get(ASSET, { 'accept-encoding': accepted, 'if-none-match': '"other"' })).status, 200)
    }
    assert.equal(tags.size, 3)
  })

  test('hold the page for whoever has a session of the console, under every path that is no file', async () => {
    for (const path of ['/admin', '/admin/', '/admin/apps', '/admin/users/ada@example.com', '/admin/index.html']) {
      const answer = await get(path, {}, browser.cookies)
      assert.deepEqual([answer.status, answer.text, answer.headers['cache-control']], [200, PAGE, 'no-store'], path)
      assert.match(String(answer.headers['content-security-policy']), /frame-ancestors 'none'/)
      assert.equal((await get(path)).status, 302, path)
    }
  })

  test('are those of the console and no others', async () => {
    for (const path of ['/admin/assets/', '/admin/assets/none.js', '/admin/assets/index-abc123.js.br'])
      assert.equal((await get(path, {}, browser.cookies)).status, 404, path)
    for (const path of ['/admin/.sources', '/admin/..%2f..%2fpackage.json', '/admin/%2e%2e/package.json'])
      assert.ok(!(await get(path, {}, browser.cookies)).text.includes('kept by the build'), path)
  })
})

const CODINGS: readonly [accepted: string | undefined, coding: string | undefined][] = [
  [undefined, 'identity'],
  ['', 'identity'],
  ['br', 'br'],
  ['gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['gzip, br', 'br'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['gzip;q=0, br;q=0', 'identity'],
  ['br;q=0, *', 'gzip'],
  ['*', 'br'],
  ['identity', 'identity'],
  ['identity;q=1, br;q=0.2', 'identity'],
  ['identity;q=0', undefined],
  ['*;q=0', undefined],
  ['gzip;q=nonsense', 'identity'],
]
for (const [accepted, coding] of CODINGS)
  test(`Accept-Encoding: ${accepted ?? '(none)'} is answered in ${coding ?? 'none of them'}`, () =>
    assert.equal(decideCoding(['identity', 'br', 'gzip'], accepted), coding))
