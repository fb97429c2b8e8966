import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OAuthError } from './error.ts'
import { readParameters } from './parameters.ts'

const read = (text: string) => Object.fromEntries(readParameters(new URLSearchParams(text)))
const isRefused = (text: string, sentence: string) =>
  assert.throws(
    () => read(text),
    (error) => error instanceof OAuthError && error.code === 'invalid_request' && error.message === sentence,
  )

test('each parameter stands once, decoded; an empty one is as if it were left out', () => {
  assert.deepEqual(read('a=1&b=x%20y+z&c=&d'), { a: '1', b: 'x y z' })
  assert.deepEqual(read(''), {})
})

test('a repeated parameter is refused, also where it is empty or the same', () => {
  for (const text of ['a=1&a=2', 'a=1&a=1', 'a=&a=1', 'a&a', 'a=1&%61=2'])
    isRefused(text, 'The request contained multiple parameters with the same name.')
})

test('a name of the language’s own is a name like others', () => {
  const parameters = readParameters(new URLSearchParams('__proto__=x&constructor=y&toString=z'))
  assert.deepEqual([...parameters.keys()], ['__proto__', 'constructor', 'toString'])
  assert.equal(parameters.get('hasOwnProperty'), undefined)
})

test('a parameter that is too long is refused by a name that is cut', () => {
  assert.equal(read(`a=${'x'.repeat(8_192)}`).a?.length, 8_192)
  isRefused(`a=${'x'.repeat(8_193)}`, "The parameter 'a' is too long.")
  isRefused(`${'n'.repeat(80)}=${'x'.repeat(8_193)}`, `The parameter '${'n'.repeat(50)}' is too long.`)
})
