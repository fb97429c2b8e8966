import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { findChromium, installPlans } from './chromium.mjs'

const linux = { env: { PATH: '/home/ada/bin:/usr/bin' }, platform: 'linux', playwrightPath: '/cache/playwright/chrome' }
const only = (...paths) => ({ runs: (path) => paths.includes(path) })

test('the browser that KEYSTEAD_CHROMIUM names is taken before any other', () => {
  const env = { ...linux.env, KEYSTEAD_CHROMIUM: '/opt/mine/chrome' }
  assert.deepEqual(findChromium({ ...linux, env, ...only('/opt/mine/chrome', '/usr/bin/chromium') }), {
    path: '/opt/mine/chrome',
  })
})

test('a KEYSTEAD_CHROMIUM that does not run is an error, even where another browser would', () => {
  const env = { ...linux.env, KEYSTEAD_CHROMIUM: '/opt/mine/chrome' }
  const found = findChromium({ ...linux, env, ...only('/usr/bin/chromium') })
  assert.match(found.problem, /KEYSTEAD_CHROMIUM names \/opt\/mine\/chrome/)
})

test('an installed browser is found in the PATH, and one that does not run is passed over', () => {
  assert.deepEqual(findChromium({ ...linux, ...only('/home/ada/bin/google-chrome') }), {
    path: '/home/ada/bin/google-chrome',
  })
  assert.deepEqual(findChromium({ ...linux, ...only('/usr/bin/chromium-browser', '/usr/bin/google-chrome') }), {
    path: '/usr/bin/chromium-browser',
  })
})

test("Playwright's own browser is the last to be tried", () => {
  assert.deepEqual(findChromium({ ...linux, ...only('/cache/playwright/chrome', '/snap/bin/chromium') }), {
    path: '/snap/bin/chromium',
  })
  assert.deepEqual(findChromium({ ...linux, ...only('/cache/playwright/chrome') }), {
    path: '/cache/playwright/chrome',
  })
})

test('a machine without a browser says so', () => {
  assert.equal(findChromium({ ...linux, ...only() }), undefined)
})

test('Chrome is found where macOS and Windows keep programs', () => {
  const chrome = join('/Applications', 'Google Chrome.app/Contents/MacOS/Google Chrome')
  assert.deepEqual(findChromium({ ...linux, platform: 'darwin', ...only(chrome) }), { path: chrome })
  const env = { PROGRAMFILES: '/c/Program Files' }
  const path = join('/c/Program Files', 'Google/Chrome/Application/chrome.exe')
  assert.deepEqual(findChromium({ ...linux, env, platform: 'win32', ...only(path) }), { path })
})

test('a browser is installed by Playwright, and by apt-get where root has one', () => {
  const machine = { platform: 'linux', hasApt: true, isRoot: true, playwrightCli: '/pw/cli.js', execPath: '/node' }
  const commands = (plans) => plans.map((steps) => steps.map((step) => step[0]))
  assert.deepEqual(commands(installPlans(machine)), [['/node'], ['apt-get', 'apt-get']])
  assert.deepEqual(commands(installPlans({ ...machine, isRoot: false })), [['/node']])
  assert.deepEqual(commands(installPlans({ ...machine, hasApt: false })), [['/node']])
  assert.deepEqual(commands(installPlans({ ...machine, platform: 'darwin' })), [['/node']])
})
