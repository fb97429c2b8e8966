// The program: environment → settings → the outside world → server → listen → close. The only file that says `process`.
import { randomFillSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { renderReady } from './banner.ts'
import { readSettings, type Settings, SettingsError } from './config.ts'
import { instant } from './kernel/instant.ts'
import { pooledRandom } from './kernel/pooled-random.ts'
import { resetAdmin, type Surroundings, serve } from './serve.ts'

const EXIT_SETTINGS = 78

declare const __BUNDLED__: boolean | undefined
/** Beside the bundle (dist/server/main.js), or where the build puts it when the server runs from source. */
const CONSOLE_FOLDER = join(
  import.meta.dirname,
  typeof __BUNDLED__ === 'undefined' ? '../../dist/console' : '../console',
)

async function main(args: readonly string[]): Promise<void> {
  // The database, its log and its key are the server's alone.
  process.umask(0o077)
  if (existsSync('.env')) process.loadEnvFile('.env')
  const settings = readSettings(process.env)
  if (args.length === 0) return run(settings)
  if (args.join(' ') === 'admin reset') return reset(settings)
  process.stderr.write('usage: keystead [admin reset]\n')
  process.exitCode = 64
}

function surroundingsOf({ logLevel }: Settings): Surroundings {
  const log = pino({ level: logLevel })
  return {
    now: () => instant(Date.now()),
    random: pooledRandom(randomFillSync),
    log,
    onFatal(error) {
      log.fatal({ err: error }, 'the database could not be flushed: stopping, so that the next start recovers it')
      process.exit(1)
    },
    print: (text) => void process.stdout.write(text),
    consoleFolder: CONSOLE_FOLDER,
  }
}

async function run(settings: Settings): Promise<void> {
  const close = await serve(settings, surroundingsOf(settings))
  // npm hands on what the terminal has sent to us already: twice is once.
  let isClosing = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!isClosing) close().catch(fail)
      isClosing = true
    })
  }
  // Last: whoever reads it may end us at once.
  process.stdout.write(renderReady(settings))
}

async function reset(settings: Settings): Promise<void> {
  const administrator = await resetAdmin(settings, surroundingsOf(settings))
  if (!administrator) process.exitCode = 1
  process.stdout.write(
    administrator
      ? `${administrator.login}\n${administrator.password}\n`
      : 'There is no administrator to reset: start Keystead once first.\n',
  )
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
