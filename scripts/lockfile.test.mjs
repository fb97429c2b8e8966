// `npm ci` on another machine is only as good as the lockfile, and `npm install` can spoil it without a word.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from './project.mjs'

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
const installed = Object.entries(packages).filter(([path, entry]) => path.includes('node_modules/') && !entry.link)

/** Node's rule: the nearest node_modules, from the package's own folder upwards. */
function isLocked(path, name) {
  const parts = path === '' ? [] : path.split('/')
  for (let length = parts.length; length >= 0; length--) {
    if (`${[...parts.slice(0, length), 'node_modules', name].join('/')}` in packages) return true
  }
  return false
}

test('the lockfile names no registry, so that each machine takes its own', () => {
  const addressed = installed.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)
  assert.deepEqual(addressed, [])
})

test('the lockfile holds a version and a hash of every package', () => {
  const bare = installed.filter(([, entry]) => !entry.version || !entry.integrity).map(([path]) => path)
  // npm gives no hash to what a package carries inside itself.
  assert.deepEqual(
    bare.filter((path) => !packages[path].inBundle),
    [],
  )
})

test('the lockfile holds every optional package of every platform: npm ci refuses one that lacks any', () => {
  const absent = Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter((name) => !isLocked(path, name)),
  )
  assert.deepEqual([...new Set(absent)], [])
})
