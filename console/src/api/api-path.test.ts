import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isApiPath } from './api-path.ts'

const PATHS: readonly [path: string, isTheApis: boolean][] = [
  ['/api/v1/apps/0oa1', true],
  ['/api/v1/trustedOrigins', true],
  ['/api/v1/../../admin/sign-out', false],
  ['/api/v1/%2e%2e/apps', false],
  ['/admin/sign-out', false],
  ['//evil.example/api/v1/apps', false],
  ['/\\evil.example/api/v1/apps', false],
  ['https://evil.example/api/v1/apps', false],
  ['http://any.evil.example/api/v1/apps', false],
  ['/api/v1/apps?limit=1', false],
  ['/api/v1/apps#x', false],
  ['api/v1/apps', false],
  ['', false],
]
for (const [path, isTheApis] of PATHS)
  test(`"${path}" is ${isTheApis ? 'a' : 'no'} path of the API`, () => {
    assert.equal(isApiPath(path), isTheApis)
  })
