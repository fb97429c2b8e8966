import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { appHref, ownHref, webHref } from './href.ts'

const scripts = [
  'javascript:alert(1)',
  ' JavaScript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>',
  'vbscript:x',
]

describe('webHref', () => {
  const cases: readonly [string | undefined, string | undefined][] = [
    ['https://a.example/x?y=1#z', 'https://a.example/x?y=1#z'],
    ['http://a.example', 'http://a.example/'],
    ['/path', undefined],
    ['a.example', undefined],
    ['mailto:a@a.example', undefined],
    ['', undefined],
    [undefined, undefined],
    ...scripts.map((script): [string, undefined] => [script, undefined]),
  ]
  for (const [value, expected] of cases) {
    it(`makes ${expected} of ${JSON.stringify(value)}`, () => assert.equal(webHref(value), expected))
  }
})

describe('ownHref', () => {
  for (const value of ['/', '/signin?a=1', '/oauth2/default/v1/authorize#x', 'https://id.example/signin']) {
    it(`takes ${value} as it is`, () => assert.equal(ownHref(value), value))
  }
  for (const value of ['//evil.example', '/\\evil.example', '/\t/evil.example', 'signin', '', ...scripts]) {
    it(`refuses ${JSON.stringify(value)}`, () => assert.throws(() => ownHref(value), /Not an address of a page/))
  }
})

describe('appHref', () => {
  for (const value of [
    'https://a.example/cb',
    'http://[::1]:3000/cb',
    'com.example.app:/cb',
    'capacitor://localhost',
  ]) {
    it(`takes ${value} as it is`, () => assert.equal(appHref(value), value))
  }
  for (const value of [...scripts, 'blob:https://a.example/1', 'file:///etc/passwd', 'about:blank', '/path', '']) {
    it(`refuses ${JSON.stringify(value)}`, () => assert.throws(() => appHref(value)))
  }
})
