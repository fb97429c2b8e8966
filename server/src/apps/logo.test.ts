import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { newApp } from '#test/oauth-client.ts'
import { changingNothing } from '#test/rows.ts'
import { uploadOf } from '#test/upload.ts'
import { readLogo } from './logo.ts'
import { refusalOf } from './test-app.ts'

const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  Buffer.from([0, 255, 13, 10, 45, 45]),
])
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'

describe('an image', () => {
  const KNOWN: readonly [content: string | Buffer, type: string][] = [
    [PNG, 'image/png'],
    [Buffer.from('ffd8ffe000104a464946', 'hex'), 'image/jpeg'],
    ['GIF89a…', 'image/gif'],
    ['GIF87a…', 'image/gif'],
    [SVG, 'image/svg+xml'],
    [
      `\uFEFF<?xml version="1.0"?>\n<!-- ü --> <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n${SVG}`,
      'image/svg+xml',
    ],
    ['<svg>', 'image/svg+xml'],
  ]
  for (const [content, type] of KNOWN)
    test(`is ${type} by its content: ${String(content).slice(0, 12)}`, () =>
      assert.equal(readLogo(Buffer.from(content)).type, type))

  const OTHERS: readonly (string | Buffer)[] = [
    'GIF',
    'PNG',
    '<html><svg/></html>',
    '<!-- <svg> -->',
    '<!-- <svg>',
    '<?xml <svg>',
    '<svgs/>',
    '<SVG/>',
    `<!DOCTYPE svg [<!ENTITY a "b">]>${SVG}`,
    Buffer.from(SVG, 'utf16le'),
    Buffer.from([0x20, 0xff, ...Buffer.from(SVG)]),
    ' '.repeat(1_000_000),
  ]
  for (const content of OTHERS)
    test(`is not ${JSON.stringify(String(content).slice(0, 24))}`, () =>
      assert.equal(
        refusalOf(() => readLogo(Buffer.from(content))),
        'file | file: The file must be an image of type PNG, JPG, SVG or GIF.',
      ))

  test('of the same content has the same name, and of another one another', () => {
    const { hash } = readLogo(PNG)
    assert.match(hash, /^[\w-]{43}$/)
    assert.equal(readLogo(Buffer.from(PNG)).hash, hash)
    assert.notEqual(readLogo(Buffer.from(SVG)).hash, hash)
  })
})

onEachDatabase('the logo of an app', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const upload = (id: string, content: string | Buffer, name?: string) =>
    fixture.request('POST', `/api/v1/apps/${id}/logo`, uploadOf(content, name))
  const logoOf = async (id: string) => (await fixture.request('GET', `/api/v1/apps/${id}`)).json._links.logo
  const fetched = (url: string, org = fixture.org.url) => fixture.request('GET', url.slice(org.length), { token: null })

  test('is answered 201 with its place, shown by the app, and served to everybody as it was sent', async () => {
    const { id } = await newApp(fixture)
    const shown = await fixture.request('GET', `/api/v1/apps/${id}`)
    assert.match(shown.json._links.logo[0].href, /^data:image\/svg\+xml,/)
    assert.deepEqual(shown.json._links.uploadLogo, {
      href: `${fixture.org.url}/api/v1/apps/${id}/logo`,
      hints: { allow: ['POST'] },
    })
    fixture.clock.advance(1_000)
    const answer = await upload(id, PNG)
    assert.deepEqual([answer.status, answer.text], [201, ''])
    const url = String(answer.headers.location)
    assert.ok(url.startsWith(`${fixture.org.url}/assets/img/logos/`))
    assert.deepEqual(await logoOf(id), [{ name: 'medium', href: url, type: 'image/png' }])
    assert.notEqual((await fixture.request('GET', `/api/v1/apps/${id}`)).json.lastUpdated, shown.json.lastUpdated)

    const served = await fetched(url)
    assert.equal(served.status, 200)
    assert.deepEqual(served.bytes, PNG)
    assert.partialDeepStrictEqual(served.headers, {
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    })
  })

  test('is replaced by the next one, stays when the app is replaced, and goes with the app', async () => {
    const { id } = await newApp(fixture)
    const first = String((await upload(id, `${SVG}<!-- ${id} -->`)).headers.location)
    const second = String((await upload(id, `${SVG}<!-- again ${id} -->`)).headers.location)
    assert.notEqual(second, first)
    assert.equal((await fetched(first)).status, 404)
    assert.equal((await fetched(second)).headers['content-type'], 'image/svg+xml')

    const { json } = await fixture.request('GET', `/api/v1/apps/${id}`)
    assert.equal((await fixture.request('PUT', `/api/v1/apps/${id}`, { json })).status, 200)
    assert.equal((await logoOf(id))[0].href, second)

    await fixture.request('POST', `/api/v1/apps/${id}/lifecycle/deactivate`)
    assert.equal((await fixture.request('DELETE', `/api/v1/apps/${id}`)).status, 204)
    assert.equal((await fetched(second)).status, 404)
  })

  test('of two apps may be the same, and goes with the second of them', async () => {
    const content = `${SVG}<!-- shared -->`
    const [one, other] = [await newApp(fixture), await newApp(fixture)]
    const url = String((await upload(one.id, content)).headers.location)
    assert.equal((await upload(other.id, content)).headers.location, url)
    await upload(one.id, PNG)
    assert.equal((await fetched(url)).status, 200)
    await upload(other.id, PNG)
    assert.equal((await fetched(url)).status, 404)
  })

  test('leaves the events of a changed app', async () => {
    const { id } = await newApp(fixture)
    await upload(id, PNG)
    await fixture.deps.events.flush()
    const filter = encodeURIComponent(`target.id eq "${id}" and eventType eq "application.lifecycle.update"`)
    assert.equal((await fixture.request('GET', `/api/v1/logs?filter=${filter}`)).json.length, 1)
  })

  test('may have 1 MB', async () => {
    const { id } = await newApp(fixture)
    const largest = Buffer.concat([PNG, Buffer.alloc(1_000_000 - PNG.length)])
    const answer = await upload(id, largest)
    assert.equal(answer.status, 201)
    assert.deepEqual((await fetched(String(answer.headers.location))).bytes, largest)
  })

  test('is refused where it is no image, too large, missing or no form, and nothing is changed', async () => {
    const { id } = await newApp(fixture)
    const path = `/api/v1/apps/${id}/logo`
    const form = uploadOf(PNG)
    await changingNothing(fixture.deps.db, async () => {
      const html = await upload(id, '<!doctype html><script>alert(1)</script>')
      assert.equal(html.status, 400)
      assert.equal(html.json.errorSummary, 'Api validation failed: file')
      for (const answer of [await upload(id, ''), await upload(id, PNG, 'picture')]) {
        assert.equal(answer.status, 400)
        assert.equal(answer.json.errorCauses[0].errorSummary, 'file: The field cannot be left blank')
      }
      for (const size of [1_000_001, 1_200_000])
        assert.equal((await upload(id, Buffer.concat([PNG, Buffer.alloc(size - PNG.length)]))).status, 413)
      for (const [raw, type, code] of [
        [PNG, 'image/png', 'E0000021'],
        ['{}', 'application/json', 'E0000021'],
        ['', undefined, 'E0000021'],
        [PNG, 'multipart/form-data', 'E0000003'],
        [form.raw.subarray(0, 40), form.headers['content-type'], 'E0000003'],
      ] as const) {
        const answer = await fixture.request('POST', path, {
          ...(raw === undefined ? {} : { raw: raw as Buffer }),
          ...(type === undefined ? {} : { headers: { 'content-type': type } }),
        })
        assert.equal(answer.status, 400, `${type}: ${answer.text}`)
        assert.equal(answer.json.errorCode, code)
      }
      assert.equal((await fixture.request('POST', path, { ...form, token: null })).status, 403)
      const unknown = await fixture.request('POST', '/api/v1/apps/0oanothing/logo', form)
      assert.equal(unknown.json.errorSummary, 'Not found: Resource not found: 0oanothing (AppInstance)')
    })
    assert.match((await logoOf(id))[0].href, /^data:/)
  })

  test('a form with a file is refused where none is read', async () => {
    for (const path of ['/api/v1/apps', '/api/v1/authn', '/oauth2/default/v1/token', '/signin'])
      assert.equal((await fixture.request('POST', path, uploadOf(PNG))).status, 400, path)
    assert.equal((await fixture.request('POST', '/api/v1/nothing', uploadOf(PNG))).status, 404)
  })

  test('nothing is served under a name that nobody has', async () => {
    for (const hash of ['x', '%00', 'A'.repeat(43), 'A'.repeat(44), "'", '..%2f..%2fkeystead.db'])
      assert.equal((await fixture.request('GET', `/assets/img/logos/${hash}`, { token: null })).status, 404, hash)
  })
})
