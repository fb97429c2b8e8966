import assert from 'node:assert/strict'
import { test } from 'node:test'
import { validSubdomain } from './org.ts'

const SUBDOMAINS: readonly [name: string, valid: boolean][] = [
  ['a', true],
  ['acme', true],
  ['acme-2', true],
  ['0', true],
  ['admin', true],
  ['admins', true],
  ['x'.repeat(63), true],
  ['', false],
  ['x'.repeat(64), false],
  ['-acme', false],
  ['acme-', false],
  ['Acme', false],
  ['ac me', false],
  ['ac.me', false],
  ['acmé', false],
  ['acme\n', false],
  // Okta's clients take it for the console.
  ['acme-admin', false],
  ['-admin', false],
]
for (const [name, valid] of SUBDOMAINS) {
  test(`${JSON.stringify(name)} is ${valid ? 'a' : 'no'} subdomain`, () => {
    assert.equal(validSubdomain(name), valid)
  })
}
