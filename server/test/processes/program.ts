// A program of ours in a process of its own, with the environment that it is given and little else.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after } from 'node:test'

export interface Program {
  readonly child: ChildProcess
  /** All that it has written. */
  text(): string
  /** Once it says so. */
  ready(): Promise<void>
  /** Its exit code, once it has ended and its streams with it. */
  readonly ended: Promise<number | null>
  /** Without warning. */
  kill(): Promise<void>
  /** As npm and a terminal do together: twice. */
  stop(): Promise<void>
}

export interface ProgramOptions {
  /** Where it runs: the folder that it finds `.env` and `./data` in. */
  readonly folder: string
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  /** Whether it is spoken to by `child.send`. */
  readonly hearing?: boolean
}

const running = new Set<ChildProcess>()
// What a failed test has left.
after(() => {
  for (const child of running) child.kill('SIGKILL')
})

/** @param entry the file that Node runs */
export function startProgram(entry: string, { folder, env = {}, args = [], hearing = false }: ProgramOptions): Program {
  const { PATH, LD_LIBRARY_PATH, NODE_COMPILE_CACHE } = process.env
  const inherited = Object.entries({ PATH, LD_LIBRARY_PATH, NODE_COMPILE_CACHE }).filter(([, value]) => value)
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(hearing ? (['ipc'] as const) : [])],
  })
  running.add(child)
  let text = ''
  const { stdout, stderr } = child
  assert.ok(stdout && stderr)
  for (const stream of [stdout, stderr]) stream.setEncoding('utf8').on('data', (part) => (text += part))
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child)
    return code as number | null
  })
  return {
    child,
    text: () => text,
    ended,
    async ready() {
      while (!text.includes('Keystead is ready at')) {
        const code = await Promise.race([once(stdout, 'data').then(() => 'data'), ended])
        if (code !== 'data') assert.fail(`it ended with ${code}: ${text}`)
      }
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.kill('SIGTERM')
      child.kill('SIGINT')
      assert.equal(await ended, 0, text)
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : assert.fail()
}
