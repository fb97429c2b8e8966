import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { apiTypes } from './api-types.ts'
import { API_TYPES_FILE, currentApiTypes } from './api-types-file.ts'

describe("the console's types", () => {
  test('are those of the API as it is: npm run api-types writes them anew', async () => {
    assert.equal(readFileSync(API_TYPES_FILE, 'utf8'), await currentApiTypes())
  })

  const written = (schema: object) =>
    apiTypes({ paths: {}, components: { schemas: { It: schema } } }).match(/export type It = (.*)\n\n/s)?.[1]

  const CASES: readonly (readonly [what: string, schema: object, type: string])[] = [
    ['text', { type: 'string' }, 'string'],
    ['whole numbers', { type: 'integer' }, 'number'],
    ['a choice', { enum: ['A', 'B'] }, '"A" | "B"'],
    ['one value', { const: 'A' }, '"A"'],
    ['one or the other', { anyOf: [{ type: 'string' }, { type: 'null' }] }, '(string | null)'],
    ['a list', { type: 'array', items: { type: 'string' } }, 'readonly (string)[]'],
    ['another schema', { $ref: '#/components/schemas/App' }, 'App'],
    [
      'members',
      { type: 'object', required: ['a'], properties: { a: { type: 'string' }, 'b-c': { type: 'boolean' } } },
      '{\n  readonly a: string\n  readonly "b-c"?: boolean\n}',
    ],
    ['any members', { type: 'object' }, 'Readonly<Record<string, unknown>>'],
    ['what is not said', {}, 'unknown'],
  ]
  for (const [what, schema, type] of CASES) test(`write ${what}`, () => assert.equal(written(schema), type))
})
