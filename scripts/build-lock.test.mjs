import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { withBuildLock } from './build-lock.mjs'

function makeFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), 'keystead-build-lock-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

test('two builds of one folder run one after the other, and a failed one lets the next in', async (t) => {
  const folder = makeFolder(t)
  const steps = []
  const first = withBuildLock(folder, async () => {
    steps.push('first begins')
    await new Promise((resolve) => setImmediate(resolve))
    steps.push('first ends')
    throw new Error('no build')
  })
  const second = withBuildLock(folder, async () => steps.push('second'))
  await assert.rejects(first, /no build/)
  await second
  assert.deepEqual(steps, ['first begins', 'first ends', 'second'])
  assert.equal(existsSync(join(folder, '.building')), false)
})

test('a build that was killed does not hold up the next', async (t) => {
  const folder = makeFolder(t)
  const gone = spawnSync(process.execPath, ['--version']).pid
  writeFileSync(join(folder, '.building'), String(gone))
  assert.equal(await withBuildLock(folder, async () => 'built'), 'built')
})
