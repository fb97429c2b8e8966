// Keystead as it ships: the built program in a process of its own, on SQLite.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { COMPILE_CACHE, DIST } from '../scripts/project.mjs'
import { endWithUs, untilReady } from './child.ts'
import type { Started } from './subject.ts'

export interface Place {
  /** Where its database stands, or will. */
  readonly folder: string
  readonly port: number
  readonly apiToken: string
}

const READY = 'Keystead is ready at'

export async function newPlace(folder: string): Promise<Place> {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  listener.close()
  await once(listener, 'close')
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return { folder, port: address.port, apiToken: randomBytes(32).toString('base64url') }
}

/** `flags` are Node's own. */
export async function startKeystead(place: Place, flags: readonly string[] = []): Promise<Started> {
  const url = `http://127.0.0.1:${place.port}`
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('KEYSTEAD_') && name !== 'PORT')
  const child = spawn(process.execPath, [...flags, join(DIST, 'server', 'main.js')], {
    cwd: place.folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...Object.fromEntries(own),
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      KEYSTEAD_URL: url,
      KEYSTEAD_PORT: String(place.port),
      KEYSTEAD_DATABASE: `sqlite:${join(place.folder, 'keystead.db')}`,
      KEYSTEAD_RATE_LIMITS: 'off',
      KEYSTEAD_LOG: 'warn',
      KEYSTEAD_API_TOKEN: place.apiToken,
    },
  })
  const stop = endWithUs(child)
  const said = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes(READY)) resolve()
      else if (line.startsWith('{')) console.error(line)
    })
  })
  return { url, pid: await untilReady(child, 'Keystead', said), stop }
}
