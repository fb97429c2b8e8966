// The browser that the end-to-end tests drive: found where one usually stands, or installed.
import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { chromium as playwright } from 'playwright-core'

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']

const MAC_APPS = ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium']

const WINDOWS_FOLDERS = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']

/**
 * Where a browser may stand, the likeliest first. `playwrightPath` is where Playwright keeps its own.
 * @param {{ env: Record<string, string | undefined>, platform: string, playwrightPath: string }} machine
 */
export function chromiumCandidates({ env, platform, playwrightPath }) {
  const candidates = []
  if (platform === 'darwin') {
    for (const app of MAC_APPS) candidates.push(join('/Applications', app), join(env.HOME ?? '/', 'Applications', app))
  } else if (platform === 'win32') {
    for (const name of WINDOWS_FOLDERS) {
      if (env[name]) candidates.push(join(env[name], 'Google', 'Chrome', 'Application', 'chrome.exe'))
    }
  } else {
    const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
    for (const command of COMMANDS) {
      for (const folder of new Set([...folders, '/usr/bin', '/usr/local/bin'])) candidates.push(join(folder, command))
    }
    candidates.push('/opt/google/chrome/chrome', '/snap/bin/chromium')
  }
  return [...candidates, playwrightPath]
}

/**
 * Finds a browser: the one that KEYSTEAD_CHROMIUM names and no other, or the first candidate that runs.
 * @returns {{ path: string } | { problem: string } | undefined} undefined: this machine has none
 */
export function findChromium({ env, platform, playwrightPath, runs }) {
  const named = env.KEYSTEAD_CHROMIUM
  if (named) {
    return runs(named)
      ? { path: named }
      : { problem: `KEYSTEAD_CHROMIUM names ${named}, which is no browser that runs.` }
  }
  const path = chromiumCandidates({ env, platform, playwrightPath }).find(runs)
  return path === undefined ? undefined : { path }
}

/**
 * How to install a browser here: commands to try in turn, each with its steps.
 * @param {{ platform: string, isRoot: boolean, hasApt: boolean, playwrightCli: string, execPath: string }} machine
 */
export function installPlans({ platform, isRoot, hasApt, playwrightCli, execPath }) {
  const plans = [[[execPath, playwrightCli, 'install', 'chromium']]]
  if (platform === 'linux' && isRoot && hasApt) {
    const wait = ['-o', 'DPkg::Lock::Timeout=300']
    plans.push([
      ['apt-get', ...wait, 'update'],
      ['apt-get', ...wait, 'install', '-y', '--no-install-recommends', 'chromium'],
    ])
  }
  return plans
}

/** A name that stands there is not enough: Ubuntu's chromium-browser is a script that asks for a snap. */
function runs(path) {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    return false
  }
  // Chrome for Windows opens a window when it is asked for its version.
  if (process.platform === 'win32') return true
  return spawnSync(path, ['--version'], { timeout: 30_000, stdio: 'ignore' }).status === 0
}

function runStep([command, ...args]) {
  console.log(`  ${[command, ...args].join(' ')}`)
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    child.on('error', () => resolve(false))
    child.on('exit', (code) => resolve(code === 0))
  })
}

async function runPlan(steps) {
  for (const step of steps) if (!(await runStep(step))) return false
  return true
}

/** Answers the path of a browser that runs, installing one where there is none; throws with the command that would help. */
export async function prepareChromium() {
  const { env, platform, execPath } = process
  const look = () => findChromium({ env, platform, playwrightPath: playwright.executablePath(), runs })
  const found = look()
  if (found !== undefined) {
    if ('problem' in found) throw new Error(found.problem)
    return found.path
  }
  const playwrightCli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js')
  const isRoot = process.getuid?.() === 0
  const hasApt = spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0
  console.log('The tests need Chrome or Chromium, and this machine has none. Installing it:')
  for (const plan of installPlans({ platform, isRoot, hasApt, playwrightCli, execPath })) {
    if (!(await runPlan(plan))) continue
    const installed = look()
    if (installed !== undefined && 'path' in installed) return installed.path
  }
  throw new Error(
    'No Chrome or Chromium, and it could not be installed. ' +
      (hasApt
        ? `Run: ${isRoot ? '' : 'sudo '}apt-get install -y chromium`
        : 'Install it from https://www.google.com/chrome/') +
      '\nor name one that you have: KEYSTEAD_CHROMIUM=/path/to/chromium npm test',
  )
}
