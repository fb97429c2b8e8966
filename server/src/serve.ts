// The server as a running program: opens what its settings name, makes the org at the first start, listens, keeps house and closes.
// What only a process has (clock, randomness, where it writes, how it ends) is handed in, so that the server whose clock a test moves
// is the same as the one that ships.
import { type NewAdministrator, renderAdministrator } from './banner.ts'
import { type Composed, composeDeps, createWholeOrg } from './compose.ts'
import type { Settings } from './config.ts'
import { openDb } from './db/open.ts'
import { Conflict } from './db/unit.ts'
import type { OperatorLog } from './deps.ts'
import type { RandomBytes } from './kernel/id.ts'
import type { Instant } from './kernel/instant.ts'
import { randomToken } from './kernel/secret.ts'
import { checkRootKeys, firstOrgId, loadOrg, moveOrg, reportThisNode, setAliases } from './orgs/service.ts'
import { rootKeysOf } from './root-keys.ts'
import { buildServer } from './server.ts'
import { sweep } from './sweep.ts'
import { resetAdministrator } from './users/reset-administrator.ts'

const VERSION = '0.1.0'
const POLL_MILLISECONDS = 500
const SWEEP_MILLISECONDS = 60_000
const CLOSE_MILLISECONDS = 10_000
const KEYS_AHEAD = 2

export interface Surroundings {
  readonly now: () => Instant
  readonly random: RandomBytes
  readonly log: OperatorLog
  /** Ends the process at once: what is on disk is unknown, and the next start recovers it. */
  onFatal(error: Error): void
  /** Says something to whoever started the process. */
  print(text: string): void
  readonly consoleFolder: string
}

async function open(settings: Settings, { now, random, log, onFatal }: Surroundings): Promise<Composed> {
  const rootKeys = rootKeysOf(settings, random)
  const db = await openDb({ database: settings.database, now, onFatal })
  // Loaded where it is used alone: at rest it costs memory.
  const mail = settings.mail.smtp && (await import('./mail/smtp.ts')).smtpDoor(settings.mail.smtp)
  const deps = composeDeps({ settings, db, now, random, rootKeys, log, mail, keysAhead: KEYS_AHEAD })
  await checkRootKeys(deps)
  return deps
}

/** Answers, once it listens, how to close it: whoever has begun to ask is answered. */
export async function serve(settings: Settings, surroundings: Surroundings): Promise<() => Promise<void>> {
  const { print, consoleFolder } = surroundings
  const deps = await open(settings, surroundings)
  const administrator = await prepareOrg(deps, settings)
  const org = await firstOrgId(deps.db)
  if (org !== undefined) await setAliases(deps.db, org, settings.aliases)
  if (administrator) print(renderAdministrator(administrator))
  const server = await buildServer(deps, { consoleFolder })
  await listen(server, settings)
  await reportThisNode(deps, randomToken(deps.random, 9), VERSION)
  const poll = settings.database.startsWith('sqlite:')
    ? undefined
    : setInterval(() => deps.config.poll().catch(() => undefined), POLL_MILLISECONDS)
  const sweeping = setInterval(() => {
    sweep(deps).catch((error: unknown) => deps.log.error({ err: error }, 'the housekeeping failed; it is tried again'))
  }, SWEEP_MILLISECONDS)
  if (!deps.mail && !settings.mail.mailbox)
    deps.log.warn({}, 'no mail goes out: set KEYSTEAD_SMTP_URL, or KEYSTEAD_MAILBOX=on to read it in the console')
  deps.outbox.start()

  return async () => {
    clearInterval(poll)
    clearInterval(sweeping)
    // A connection that never ends its request is not waited for.
    setTimeout(() => server.server.closeAllConnections(), CLOSE_MILLISECONDS).unref()
    await server.close()
    await deps.outbox.stop()
    await deps.events.flush()
    await deps.refusedRequests.flush()
    await deps.hasher.close()
    await deps.db.close()
  }
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
  const password = adminPassword ?? readablePassword(deps.random)
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

/** Gives the first administrator another password, and answers both; undefined before the first start. */
export async function resetAdmin(
  settings: Settings,
  surroundings: Surroundings,
): Promise<{ readonly login: string; readonly password: string } | undefined> {
  const deps = await open(settings, surroundings)
  const org = await firstOrgId(deps.db)
  const password = readablePassword(deps.random)
  const login = org && (await resetAdministrator(deps, org, password))
  await deps.hasher.close()
  await deps.db.close()
  return login ? { login, password } : undefined
}

/** Four groups of five: 99 bits, and every default rule of complexity is met. */
function readablePassword(random: RandomBytes): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const pick = () =>
    Array.from(random(40))
      .filter((byte) => byte < 248)
      .slice(0, 5)
      .map((byte) => alphabet[byte % 31])
      .join('')
  return `K${pick()}-${pick()}-${pick()}-${pick()}1`
}
