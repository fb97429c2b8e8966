// A server in a process of its own whose clock a test moves: for stories in which time passes, and for those in which the process is
// ended without warning and started again on the same data. Its pages have the console in them once that was built.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, type Program, startProgram } from './program.ts'

const ENTRY = join(import.meta.dirname, 'movable-clock-server.ts')

export interface MovableServer {
  readonly url: string
  readonly port: number
  readonly apiToken: string
  /** The first administrator, who has the API token. */
  readonly admin: { readonly login: string; readonly password: string }
  /** All that it has written in all its lives. */
  text(): string
  /** What its clock shows, in milliseconds. */
  now(): number
  /** Moves its clock forward, whether it runs or not. */
  advance(milliseconds: number): Promise<void>
  /** Ends the process without warning. */
  kill(): Promise<void>
  /** Starts it again, on the same data, at the same address and with its clock where it was. */
  restart(): Promise<void>
  /** Ends it in order and forgets its folder. */
  stop(): Promise<void>
}

export interface MovableOptions {
  /** `sqlite:…` or `postgres://…`; a database of its own when left out. */
  readonly database?: string
  readonly env?: Readonly<Record<string, string>>
}

export async function startMovableServer({ database, env = {} }: MovableOptions = {}): Promise<MovableServer> {
  const folder = mkdtempSync(join(tmpdir(), 'keystead-movable-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const apiToken = randomBytes(30).toString('base64url')
  const admin = { login: 'admin@keystead.localhost', password: `Aa1-${randomBytes(12).toString('base64url')}` }
  let time = Date.now()
  let former = ''
  let program: Program

  async function start(): Promise<void> {
    program = startProgram(ENTRY, {
      folder,
      hearing: true,
      args: [String(time)],
      env: {
        KEYSTEAD_URL: url,
        KEYSTEAD_HOST: '127.0.0.1',
        KEYSTEAD_DATABASE: database ?? `sqlite:${join(folder, 'keystead.db')}`,
        KEYSTEAD_SECRET: secret,
        KEYSTEAD_LOG: 'warn',
        KEYSTEAD_RATE_LIMITS: 'off',
        KEYSTEAD_ADMIN_LOGIN: admin.login,
        KEYSTEAD_ADMIN_PASSWORD: admin.password,
        KEYSTEAD_API_TOKEN: apiToken,
        ...env,
      },
    })
    await program.ready()
  }

  const secret = randomBytes(32).toString('base64url')
  await start()
  return {
    url,
    port,
    apiToken,
    admin,
    text: () => former + program.text(),
    now: () => time,
    async advance(milliseconds) {
      time += milliseconds
      if (!program.child.connected) return
      const moved = once(program.child, 'message')
      program.child.send(time)
      await moved
    },
    async kill() {
      await program.kill()
      former += program.text()
    },
    restart: start,
    async stop() {
      await program.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
