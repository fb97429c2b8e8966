import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isCommonPassword } from './common-passwords.ts'

for (const password of ['password', 'Password1', 'QWERTY123', '12345678', 'iloveyou', 'dragon'])
  test(`${password} is a common password`, () => assert.ok(isCommonPassword(password)))

for (const password of ['', ' ', 'Tr0ub4dor-and-3', 'correct horse', 'password dragon', '12345678 123456789'])
  test(`"${password}" is not`, () => assert.ok(!isCommonPassword(password)))
