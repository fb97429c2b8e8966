import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { hashSources } from './source-hash.mjs'

function makeTree(t) {
  const root = mkdtempSync(join(tmpdir(), 'keystead-source-hash-'))
  t.after(() => rmSync(root, { recursive: true }))
  mkdirSync(join(root, 'src', 'apps'), { recursive: true })
  writeFileSync(join(root, 'src', 'apps', 'app.ts'), 'one')
  writeFileSync(join(root, 'package.json'), '{}')
  return root
}

const hash = (root) => hashSources(root, ['src', 'package.json', 'not-there'])

test('the hash of sources stays while names and contents do, whatever the clock says', (t) => {
  const root = makeTree(t)
  const before = hash(root)
  utimesSync(join(root, 'src', 'apps', 'app.ts'), 1, 1)
  assert.equal(hash(root), before)
  assert.equal(hash(makeTree(t)), before)
})

test('a changed, added, renamed or removed source changes the hash', (t) => {
  const root = makeTree(t)
  const seen = [hash(root)]
  const see = () => seen.push(hash(root))
  writeFileSync(join(root, 'src', 'apps', 'app.ts'), 'two')
  see()
  writeFileSync(join(root, 'src', 'late.ts'), '')
  see()
  renameSync(join(root, 'src', 'late.ts'), join(root, 'src', 'later.ts'))
  see()
  rmSync(join(root, 'package.json'))
  see()
  assert.equal(new Set(seen).size, 5)
})

test('a changed test asks for no build', (t) => {
  const root = makeTree(t)
  const before = hash(root)
  writeFileSync(join(root, 'src', 'apps', 'app.test.ts'), 'three')
  assert.equal(hash(root), before)
})
