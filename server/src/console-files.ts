// The console's built files under /admin: read once at start, with the page itself for every path that is a route of the console.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import type { FastifyInstance } from 'fastify'

interface ConsoleFile {
  readonly bytes: Buffer
  readonly type: string
  /** Named by the hash of its content, so it never changes. */
  readonly immutable: boolean
  readonly etag: string
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}
const PREFIX = '/admin'
// Mantine writes style attributes.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** Mounts the console; without a build (as when the server runs from source) the path says where it comes from. */
export function mountConsole(server: FastifyInstance, folder: string): void {
  const files = readConsole(folder)
  server.get(PREFIX, (_request, reply) => reply.redirect(`${PREFIX}/`))
  server.get(`${PREFIX}/*`, (request, reply) => {
    const path = (request.params as Record<string, string>)['*'] ?? ''
    const file = files.get(path) ?? (extname(path) === '' ? files.get('index.html') : undefined)
    if (!file)
      return reply.code(404).type('text/plain').send('The console is not built here: `npm run build` makes it.\n')
    reply.headers({
      etag: file.etag,
      'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    if (request.headers['if-none-match'] === file.etag) return reply.code(304).send()
    return reply.type(file.type).send(file.bytes)
  })
}

function readConsole(folder: string): ReadonlyMap<string, ConsoleFile> {
  const files = new Map<string, ConsoleFile>()
  if (!existsSync(folder)) return files
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path).split(sep).join('/')
    const bytes = readFileSync(path)
    const type = TYPES[extname(name)] ?? 'application/octet-stream'
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`
    files.set(name, { bytes, type, immutable: name.startsWith('assets/'), etag })
  }
  return files
}
