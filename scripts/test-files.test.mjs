import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { decideNeeds, findTestFiles } from './test-files.mjs'

function makeTree(t, files) {
  const root = mkdtempSync(join(tmpdir(), 'keystead-test-files-'))
  t.after(() => rmSync(root, { recursive: true }))
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), '')
  }
  return root
}

test('a run without paths covers every test of every workspace and no other file', (t) => {
  const tests = ['scripts/a.test.mjs', 'server/src/apps/app.test.ts', 'server/test/flows/b.test.ts', 'e2e/spa.test.ts']
  const root = makeTree(t, [...tests, 'server/src/apps/app.ts', 'e2e/node_modules/x/y.test.ts', 'docs/z.test.ts'])
  assert.deepEqual(
    findTestFiles(root, []),
    tests.map((file) => join(root, file)),
  )
})

test('paths narrow a run to files and folders, each file once', (t) => {
  const root = makeTree(t, ['server/src/apps/app.test.ts', 'server/src/apps/store.test.ts', 'e2e/spa.test.ts'])
  const paths = ['server/src/apps', 'server/src/apps/app.test.ts']
  assert.deepEqual(findTestFiles(root, paths), [
    join(root, 'server/src/apps/app.test.ts'),
    join(root, 'server/src/apps/store.test.ts'),
  ])
  assert.deepEqual(findTestFiles(root, ['apps/app.test.ts'], join(root, 'server/src')), [
    join(root, 'server/src/apps/app.test.ts'),
  ])
})

test('a path that is not there is an error and not an empty run', (t) => {
  const root = makeTree(t, ['server/src/a.test.ts'])
  assert.throws(() => findTestFiles(root, ['server/src/b.test.ts']), /There is no .*b\.test\.ts to test/)
})

test('only what is run is prepared for', () => {
  const needs = (...files) =>
    decideNeeds(
      '/project',
      files.map((file) => join('/project', file)),
    )
  assert.deepEqual(needs('scripts/a.test.mjs'), { needsPostgres: false, needsBrowser: false })
  assert.deepEqual(needs('server/src/kernel/id.test.ts'), { needsPostgres: false, needsBrowser: false })
  assert.deepEqual(needs('server/src/apps/store.test.ts'), { needsPostgres: true, needsBrowser: false })
  assert.deepEqual(needs('server/src/kernel/id.test.ts', 'e2e/spa.test.ts'), {
    needsPostgres: true,
    needsBrowser: true,
  })
})
