// The program: environment → settings → the outside world → server → listen → close. The only file that says `process`.
import { randomBytes, randomFillSync } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import { type Banner, renderBanner } from './banner.ts'
import { type Composed, composeDeps, createWholeOrg } from './compose.ts'
import { readSecretList, readSettings, type Settings, SettingsError } from './config.ts'
import { openDb } from './db/open.ts'
import { instant } from './kernel/instant.ts'
import { pooledRandom } from './kernel/pooled-random.ts'
import { randomToken, type SecretKey } from './kernel/secret.ts'
import { checkRootKeys, firstOrgId, loadOrg, moveOrg, reportThisNode } from './orgs/service.ts'
import { buildServer } from './server.ts'
import { sweep } from './sweep.ts'
import { resetAdministrator } from './users/reset-administrator.ts'

const VERSION = '0.1.0'
const POLL_MILLISECONDS = 500
const SWEEP_MILLISECONDS = 60_000
const EXIT_SETTINGS = 78
const KEYS_AHEAD = 2

declare const __BUNDLED__: boolean | undefined
/** Beside the bundle (dist/server/main.js), or where the build puts it when the server runs from source. */
const CONSOLE_FOLDER = join(
  import.meta.dirname,
  typeof __BUNDLED__ === 'undefined' ? '../../dist/console' : '../console',
)

const now = () => instant(Date.now())

async function main(args: readonly string[]): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const settings = readSettings(process.env)
  if (args.length === 0) return serve(settings)
  if (args.join(' ') === 'admin reset') return resetAdmin(settings)
  process.stderr.write('usage: keystead [admin reset]\n')
  process.exitCode = 64
}

async function open(settings: Settings): Promise<Composed> {
  const rootKeys = rootKeysOf(settings)
  const log = pino({ level: settings.logLevel })
  const onFatal = (error: Error) => {
    log.fatal({ err: error }, 'the database could not be flushed: stopping, so that the next start recovers it')
    process.exit(1)
  }
  const db = await openDb({ database: settings.database, now, onFatal })
  const deps = composeDeps({
    settings,
    db,
    now,
    random: pooledRandom(randomFillSync),
    rootKeys,
    log,
    keysAhead: KEYS_AHEAD,
  })
  await checkRootKeys(deps)
  return deps
}

async function serve(settings: Settings): Promise<void> {
  const deps = await open(settings)
  const banner = await prepareOrg(deps, settings)
  const server = await buildServer(deps, { consoleFolder: CONSOLE_FOLDER })
  await server.listen({ host: settings.host, port: settings.port })
  await reportThisNode(deps, randomToken(randomBytes, 9), VERSION)
  const poll = settings.database.startsWith('sqlite:')
    ? undefined
    : setInterval(() => deps.config.poll().catch(() => undefined), POLL_MILLISECONDS)
  const sweeping = setInterval(() => {
    sweep(deps).catch((error: unknown) => deps.log.error({ err: error }, 'the housekeeping failed; it is tried again'))
  }, SWEEP_MILLISECONDS)
  process.stdout.write(renderBanner(banner, settings.url))

  let closing = false
  const close = async () => {
    if (closing) return
    closing = true
    clearInterval(poll)
    clearInterval(sweeping)
    await server.close()
    await deps.events.flush()
    await deps.hasher.close()
    await deps.db.close()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void close())
}

/** The first start makes the org and its administrator; later ones follow a changed `KEYSTEAD_URL`. */
async function prepareOrg(deps: Composed, settings: Settings): Promise<Banner> {
  const existing = await firstOrgId(deps.db)
  if (existing !== undefined) {
    const { org } = await loadOrg(deps, existing)
    if (org.url !== settings.url) await moveOrg(deps.db, existing, settings.url)
    return { kind: 'known' }
  }
  const { adminLogin: login, adminPassword, apiToken } = settings.first
  const password = adminPassword ?? readablePassword()
  await createWholeOrg(
    deps,
    { name: 'Keystead', subdomain: 'keystead', url: settings.url },
    { login, password, apiToken },
  )
  return { kind: 'new', login, password: adminPassword === undefined ? password : undefined }
}

async function resetAdmin(settings: Settings): Promise<void> {
  const deps = await open(settings)
  const org = await firstOrgId(deps.db)
  const password = readablePassword()
  const login = org && (await resetAdministrator(deps, org, password))
  process.stdout.write(
    login ? `${login}\n${password}\n` : 'There is no administrator to reset: start Keystead once first.\n',
  )
  if (!login) process.exitCode = 1
  await deps.hasher.close()
  await deps.db.close()
}

/** Four groups of five: 99 bits, and every default rule of complexity is met. */
function readablePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const pick = () =>
    Array.from(randomBytes(40))
      .filter((byte) => byte < 248)
      .slice(0, 5)
      .map((byte) => alphabet[byte % 31])
      .join('')
  return `K${pick()}-${pick()}-${pick()}-${pick()}1`
}

/** `KEYSTEAD_SECRET`, or with SQLite a key file of mode 0600 beside the database, made at the first start. */
function rootKeysOf(settings: Settings): readonly SecretKey[] {
  if (!settings.database.startsWith('sqlite:')) return settings.secrets ?? []
  const folder = dirname(settings.database.slice('sqlite:'.length))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (settings.secrets) return settings.secrets
  const file = join(folder, 'keystead.key')
  if (!existsSync(file)) writeFileSync(file, `${randomToken(randomBytes)}\n`, { mode: 0o600, flag: 'wx' })
  chmodSync(file, 0o600)
  return readSecretList(readFileSync(file, 'utf8').trim())
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof SettingsError) {
    process.stderr.write(`${error.message}\n`)
    process.exit(EXIT_SETTINGS)
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(1)
})
