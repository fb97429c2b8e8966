import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { lateValidator } from '../src/http/late-validator.ts'
import { describeRoutes, pathTemplate } from '../src/openapi.ts'
import { allRoutes } from '../src/server.ts'
import { type Fixture, startFixture } from './fixture.ts'

type Json = Readonly<Record<string, unknown>>
const METHODS = ['get', 'post', 'put', 'patch', 'delete']

describe('the description of the API', () => {
  let fixture: Fixture
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads
  let document: any
  const operations = () =>
    Object.entries<Json>(document.paths).flatMap(([path, item]) =>
      // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads
      Object.entries<any>(item).map(([method, operation]) => ({ path, method, operation })),
    )

  before(async () => {
    fixture = await startFixture()
    const answer = await fixture.request('GET', '/.well-known/openapi.json', { token: null })
    assert.equal(answer.status, 200)
    document = answer.json
  })
  after(() => fixture.close())

  test('it is for everybody and may be kept for an hour', async () => {
    const { headers } = await fixture.request('GET', '/.well-known/openapi.json', {
      token: null,
      headers: { origin: 'https://reader.example.com' },
    })
    assert.equal(headers['cache-control'], 'public, max-age=3600')
    assert.equal(headers['access-control-allow-origin'], '*')
    assert.equal(headers['x-rate-limit-limit'], undefined)
  })

  test('it has the form of OpenAPI 3.1', () => {
    assert.equal(document.openapi, '3.1.0')
    assert.ok(document.info.title && document.info.version)
    assert.deepEqual(document.servers, [{ url: fixture.org.url }])
    const tags = document.tags.map(({ name }: { name: string }) => name)
    assert.equal(new Set(tags).size, tags.length)
    for (const { path, method, operation } of operations()) {
      const where = `${method} ${path}`
      assert.ok(path.startsWith('/') && METHODS.includes(method), where)
      assert.ok(operation.summary && operation.operationId, where)
      assert.ok(
        operation.tags.every((tag: string) => tags.includes(tag)),
        where,
      )
      const named = (operation.parameters ?? []).map(({ name }: { name: string }) => name)
      assert.deepEqual(
        named,
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
        where,
      )
      assert.ok(
        Object.keys(operation.responses).every((code) => /^([1-5]XX|[1-5]\d\d|default)$/.test(code)),
        where,
      )
      for (const requirement of operation.security ?? [])
        for (const scheme of Object.keys(requirement)) assert.ok(document.components.securitySchemes[scheme], where)
    }
  })

  test('every operation has a name of its own, and no two paths have one shape', () => {
    const ids = operations().map(({ operation }) => operation.operationId)
    assert.equal(new Set(ids).size, ids.length)
    const shapes = Object.keys(document.paths).map((path) => path.replaceAll(/\{\w+\}/g, '{}'))
    assert.deepEqual(
      shapes.filter((shape, index) => shapes.indexOf(shape) !== index),
      [],
    )
  })

  test('everything that is mounted is in it, but pages', () => {
    const routes = allRoutes(fixture.deps)
    for (const { method, url, hidden, permission, body, form, upload } of routes) {
      const operation = document.paths[pathTemplate(url)]?.[method.toLowerCase()]
      assert.equal(operation === undefined, hidden === true, `${method} ${url}`)
      if (!operation) continue
      assert.equal(operation.security?.[0]?.apiToken !== undefined, permission !== undefined, `${method} ${url}`)
      const takesBody = body !== undefined || form === true || upload !== undefined
      assert.equal(operation.requestBody !== undefined, takesBody, `${method} ${url}`)
    }
    assert.equal(operations().length, routes.filter(({ hidden }) => !hidden).length)
  })

  test('what it refers to is there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path)
    for (const reference of new Set(references)) {
      const found = reference.split('/').reduce<unknown>((value, name) => (value as Json | undefined)?.[name], document)
      assert.ok(found, reference)
    }
  })

  test('the schemas of bodies are JSON Schema', () => {
    const ajv = new Ajv2020({ strict: false })
    for (const { path, method, operation } of operations()) {
      for (const { schema } of Object.values<{ schema?: object }>(operation.requestBody?.content ?? {})) {
        assert.ok(schema && ajv.validateSchema(schema), `${method} ${path}: ${ajv.errorsText()}`)
        ajv.compile(schema)
      }
    }
    ajv.addSchema(document, 'description')
    for (const name of Object.keys(document.components.schemas))
      ajv.compile({ $ref: `description#/components/schemas/${name}` })
  })

  test('the schema of every body can be compiled when it is first asked for, which is later than the start', () => {
    const validatorOf = lateValidator()
    for (const { method, url, body: schema } of allRoutes(fixture.deps)) {
      if (schema)
        assert.doesNotThrow(() => validatorOf({ schema, method, url, httpPart: 'body' })({}), `${method} ${url}`)
    }
  })

  test('a refusal has the form that is described', async () => {
    const ajv = new Ajv2020({ strict: false })
    const { json } = await fixture.request('GET', '/api/v1/apps', { token: null })
    assert.ok(ajv.validate(document.components.schemas.Error, json), ajv.errorsText())
  })

  test('it is the same however often it is made', () => {
    const routes = allRoutes(fixture.deps)
    assert.deepEqual(describeRoutes(routes), describeRoutes(routes))
  })
})
