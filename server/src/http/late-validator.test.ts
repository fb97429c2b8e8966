import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lateValidator } from './late-validator.ts'

const validatorOf = (schema: object) =>
  lateValidator()({ schema, method: 'POST', url: '/', httpPart: 'body' }) as {
    (body: unknown): boolean
    errors?: readonly { readonly instancePath: string; readonly keyword: string }[] | null
  }

test('the first complaint about a body is left where the framework looks for it, and gone with the next right body', () => {
  const validate = validatorOf({
    type: 'object',
    properties: { name: { type: 'string' }, size: { type: 'integer' } },
    additionalProperties: false,
  })
  assert.equal(validate({ name: 1, size: 'x' }), false)
  assert.deepEqual(
    validate.errors?.map(({ instancePath, keyword }) => [instancePath, keyword]),
    [['/name', 'type']],
  )
  assert.equal(validate({ name: 'a' }), true)
  assert.equal(validate.errors, null)
})

test('nothing is changed so that it fits', () => {
  const body = { size: '1', more: true }
  const validate = validatorOf({
    type: 'object',
    properties: { size: { type: 'integer' }, kind: { type: 'string', default: 'a' } },
  })
  assert.equal(validate(body), false)
  assert.deepEqual(body, { size: '1', more: true })
})

test('a schema that is none is told of when it is first used', () => {
  const validate = validatorOf({ type: 'nothing' })
  assert.throws(() => validate({}), /schema is invalid/)
})
