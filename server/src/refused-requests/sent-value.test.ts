import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keptValue } from './sent-value.ts'

const LONG = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4'

const WHOLE: readonly string[] = [
  '',
  'http://localhost:3000/callback',
  'https://app.example.com/callback/',
  'https://app.example.com/callback?tenant=a&v=2',
  'https://my-app-git-a-long-branch-name-of-a-feature-team.preview.example.com/cb',
  'com.example.app:/callback',
  'https://app.example.com',
  'javascript:alert(1)',
  'authorization_code',
  '0oa1a2b3c4D5E6f7G8h9',
  '<script>alert(1)</script>',
]
for (const text of WHOLE)
  test(`"${text}" is kept as it came`, () => assert.deepEqual(keptValue(text), { value: text, whole: true }))

const BLOTTED: readonly [text: string, value: string][] = [
  ['https://a.example.com/cb?code=abc', 'https://a.example.com/cb?code=…'],
  ['https://a.example.com/cb?next=/a&access_token=x', 'https://a.example.com/cb?next=…&access_token=…'],
  ['https://a.example.com/cb#access_token=abc', 'https://a.example.com/cb#…'],
  ['/cb?code=abc', '/cb?code=…'],
  ['callback?code=abc#token', 'callback?code=…#…'],
  ['com.example.app:/cb?code=abc', 'com.example.app:/cb?code=…'],
  ['https://ada:tulip@a.example.com/cb', 'https://…@a.example.com/cb'],
  [`https://a.example.com/${LONG}/cb`, 'https://a.example.com/Zm9v…/cb'],
  [`https://a.example.com/cb?v=${LONG}`, 'https://a.example.com/cb?v=Zm9v…'],
  [LONG, 'Zm9v…'],
  ['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', '…'],
  ['https://a.example.com/\u202Egnp.exe', 'https://a.example.com/\uFFFDgnp.exe'],
  ['a\0b\nc', 'a\uFFFDb\uFFFDc'],
  ['half \uD800', 'half \uFFFD'],
]
for (const [text, value] of BLOTTED)
  test(`${JSON.stringify(text)} is kept as "${value}"`, () =>
    assert.deepEqual(keptValue(text), { value, whole: false }))

test('what is long is cut off', () => {
  const { value, whole } = keptValue(`https://a.example.com${'/a'.repeat(5_000)}`)
  assert.equal(value.length, 512)
  assert.equal(whole, false)
})
