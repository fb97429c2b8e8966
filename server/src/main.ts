// The program: environment → settings → the outside world → server → listen → close. The only file that says `process`.
import { randomBytes, randomFillSync } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import { type NewAdministrator, renderAdministrator, renderReady } from './banner.ts'
import { type Composed, composeDeps, createWholeOrg } from './compose.ts'
import { readSecretList, readSettings, type Settings, SettingsError } from './config.ts'
import { openDb } from './db/open.ts'
import { Conflict } from './db/unit.ts'
import { instant } from './kernel/instant.ts'
import { pooledRandom } from './kernel/pooled-random.ts'
import { randomToken, type SecretKey } from './kernel/secret.ts'
import { smtpDoor } from './mail/smtp.ts'
import { checkRootKeys, firstOrgId, loadOrg, moveOrg, reportThisNode, setAliases } from './orgs/service.ts'
import { buildServer } from './server.ts'
import { sweep } from './sweep.ts'
import { resetAdministrator } from './users/reset-administrator.ts'

const VERSION = '0.1.0'
const POLL_MILLISECONDS = 500
const SWEEP_MILLISECONDS = 60_000
const CLOSE_MILLISECONDS = 10_000
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
  // The database, its log and its key are the server's alone.
  process.umask(0o077)
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
    mail: settings.mail.smtp && smtpDoor(settings.mail.smtp),
    keysAhead: KEYS_AHEAD,
  })
  await checkRootKeys(deps)
  return deps
}

async function serve(settings: Settings): Promise<void> {
  const deps = await open(settings)
  const administrator = await prepareOrg(deps, settings)
  const org = await firstOrgId(deps.db)
  if (org !== undefined) await setAliases(deps.db, org, settings.aliases)
  if (administrator) process.stdout.write(renderAdministrator(administrator))
  const server = await buildServer(deps, { consoleFolder: CONSOLE_FOLDER })
  await listen(server, settings)
  await reportThisNode(deps, randomToken(randomBytes, 9), VERSION)
  const poll = settings.database.startsWith('sqlite:')
    ? undefined
    : setInterval(() => deps.config.poll().catch(() => undefined), POLL_MILLISECONDS)
  const sweeping = setInterval(() => {
    sweep(deps).catch((error: unknown) => deps.log.error({ err: error }, 'the housekeeping failed; it is tried again'))
  }, SWEEP_MILLISECONDS)

  if (!deps.mail && !settings.mail.mailbox)
    deps.log.warn({}, 'no mail goes out: set KEYSTEAD_SMTP_URL, or KEYSTEAD_MAILBOX=on to read it in the console')
  deps.outbox.start()

  async function close(): Promise<void> {
    clearInterval(poll)
    clearInterval(sweeping)
    // Whoever has begun to ask is answered; a connection that never ends its request is not waited for.
    setTimeout(() => server.server.closeAllConnections(), CLOSE_MILLISECONDS).unref()
    await server.close()
    await deps.outbox.stop()
    deps.mail?.close()
    await deps.events.flush()
    await deps.refusedRequests.flush()
    await deps.hasher.close()
    await deps.db.close()
  }
  // npm hands on what the terminal has sent to us already: twice is once.
  let isClosing = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!isClosing) close().catch(fail)
      isClosing = true
    })
  }
  process.stdout.write(renderReady(settings))
}

const LISTEN_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken by another program: stop that, or choose another port with KEYSTEAD_PORT and KEYSTEAD_URL',
  EACCES: 'may not be opened by this user: choose a port above 1023 with KEYSTEAD_PORT',
  EADDRNOTAVAIL: 'is no address of this machine: see KEYSTEAD_HOST',
  ENOTFOUND: 'is no address of this machine: see KEYSTEAD_HOST',
}

async function listen(server: Awaited<ReturnType<typeof buildServer>>, { host, port }: Settings): Promise<void> {
  try {
    await server.listen({ host, port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw LISTEN_FAULTS[code] === undefined ? error : new Error(`${host}:${port} ${LISTEN_FAULTS[code]}`)
  }
}

/** The first start makes the org and its administrator; later ones follow a changed `KEYSTEAD_URL`. */
async function prepareOrg(deps: Composed, settings: Settings): Promise<NewAdministrator | undefined> {
  const existing = await firstOrgId(deps.db)
  if (existing !== undefined) {
    const { org } = await loadOrg(deps, existing)
    if (org.url !== settings.url) await moveOrg(deps.db, existing, settings.url)
    return undefined
  }
  const { adminLogin: login, adminPassword, apiToken } = settings.first
  const password = adminPassword ?? readablePassword()
  const draft = { name: 'Keystead', subdomain: 'keystead', url: settings.url }
  try {
    await createWholeOrg(deps, draft, { login, password, apiToken })
  } catch (error) {
    // Another node started at the same time and was first.
    if (error instanceof Conflict) return prepareOrg(deps, settings)
    throw error
  }
  return { login, password: adminPassword === undefined ? password : undefined }
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

/** `KEYSTEAD_SECRET`, or with SQLite a key file beside the database, made at the first start. */
function rootKeysOf({ database, secrets }: Settings): readonly SecretKey[] {
  if (!database.startsWith('sqlite:')) return secrets ?? []
  const file = database.slice('sqlite:'.length)
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (secrets) return secrets
  const keyFile = join(folder, 'keystead.key')
  if (!existsSync(keyFile)) {
    if (existsSync(file))
      throw new Error(
        `${keyFile} is missing, and ${file} can't be read without it: put it back, or set KEYSTEAD_SECRET to what it held`,
      )
    // On disk before anything is sealed with it.
    writeFileSync(keyFile, `${randomToken(randomBytes)}\n`, { mode: 0o600, flag: 'wx', flush: true })
  }
  chmodSync(keyFile, 0o600)
  return readSecretList(readFileSync(keyFile, 'utf8').trim(), keyFile)
}

function fail(error: unknown): never {
  process.stderr.write(`Keystead stops: ${describe(error)}\n`)
  process.exit(error instanceof SettingsError ? EXIT_SETTINGS : 1)
}

/** What went wrong and why, in sentences; a fault of our own comes with the place where it happened. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (OUR_FAULTS.some((fault) => error instanceof fault)) return error.stack ?? error.message
  const cause: unknown = error instanceof AggregateError ? error.errors[0] : error.cause
  return [error.message, ...(cause === undefined ? [] : [describe(cause)])].filter(Boolean).join(': ')
}

const OUR_FAULTS = [TypeError, RangeError, ReferenceError, SyntaxError]

main(process.argv.slice(2)).catch(fail)
