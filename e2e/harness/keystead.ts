// Keystead as a person starts it: the built server in a process of its own, on a free port, with an empty database.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ROOT } from '../../scripts/project.mjs'

export interface Keystead {
  readonly url: string
  /** Its alias: the address by which programs reach it that stand elsewhere than the browser, as in a container. */
  readonly alias: string
  /** Of the authorization server that Okta's guides use. */
  readonly issuer: string
  readonly apiToken: string
  /** The first administrator, who has the API token. */
  readonly admin: { readonly login: string; readonly password: string }
  /** Everything that the server has written so far, one entry a line. */
  readonly output: readonly string[]
  stop(): Promise<void>
}

const READY = 'Keystead is ready at'
/** Of the log's own levels: what the server calls an error. */
const LEVEL_ERROR = 50

/**
 * Starts a server and waits until it says that it is ready; the first start after a change of sources builds it.
 * @param wantedPort where its address is part of what is looked at; a free one otherwise
 */
export async function startKeystead(wantedPort?: number): Promise<Keystead> {
  const folder = mkdtempSync(join(tmpdir(), 'keystead-e2e-'))
  const port = wantedPort ?? (await takeFreePort())
  const url = `http://localhost:${port}`
  const alias = `http://127.0.0.1:${port}`
  const apiToken = randomBytes(32).toString('base64url')
  const admin = {
    login: 'admin@keystead.localhost',
    password: `Aa1-${randomBytes(12).toString('base64url')}`,
  }
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...withoutSettings(process.env),
      KEYSTEAD_URL: url,
      KEYSTEAD_ALIASES: alias,
      KEYSTEAD_HOST: '127.0.0.1',
      KEYSTEAD_PORT: String(port),
      KEYSTEAD_DATABASE: `sqlite:${join(folder, 'keystead.db')}`,
      KEYSTEAD_LOG: 'warn',
      KEYSTEAD_RATE_LIMITS: 'off',
      KEYSTEAD_ADMIN_LOGIN: admin.login,
      KEYSTEAD_ADMIN_PASSWORD: admin.password,
      KEYSTEAD_API_TOKEN: apiToken,
    },
  })
  const gone = once(child, 'exit')
  const killIt = () => child.kill('SIGKILL')
  process.once('exit', killIt)
  const output: string[] = []
  try {
    await untilReady(child, output)
  } catch (error) {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  return {
    url,
    alias,
    issuer: `${url}/oauth2/default`,
    apiToken,
    admin,
    output,
    stop: async () => {
      child.kill('SIGTERM')
      const [code, signal] = await gone
      process.off('exit', killIt)
      rmSync(folder, { recursive: true, force: true })
      if (code !== 0) throw new Error(`Keystead ended with ${signal ?? code}:\n${output.join('\n')}`)
      const errors = output.filter(isError)
      if (errors.length > 0) throw new Error(`Keystead logged errors:\n${errors.join('\n')}`)
    },
  }
}

function untilReady(child: ChildProcess, output: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      createInterface({ input: stream }).on('line', (line) => {
        output.push(line)
        if (line.includes(READY)) resolve()
      })
    }
    child.once('error', reject)
    child.once('close', (code) => reject(new Error(`Keystead did not start (${code}):\n${output.join('\n')}`)))
  })
}

/** What the machine's own Keystead is set to must not reach this one. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('KEYSTEAD_') && name !== 'PORT'))
}

export async function takeFreePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return address.port
}

function isError(line: string): boolean {
  if (!line.startsWith('{')) return false
  const { level } = JSON.parse(line)
  return level >= LEVEL_ERROR
}
