// The environment → settings, once, at boot. A bad value stops the start with its variable, the value and what would be right.
import { type SecretKey, secretKey } from './kernel/secret.ts'

export interface Settings {
  /** The public origin, without a trailing slash. */
  readonly url: string
  readonly host: string
  readonly port: number
  readonly database: string
  /** Undefined: a key file beside the SQLite database serves. */
  readonly secrets: readonly SecretKey[] | undefined
  readonly trustedProxies: readonly string[]
  /** The console's own origin, where it differs. */
  readonly adminUrl: string
  readonly logLevel: LogLevel
  readonly rateLimits: boolean
  readonly first: FirstStart
}

/** Read at the first start of an empty database only. */
export interface FirstStart {
  readonly adminLogin: string
  readonly adminPassword: string | undefined
  readonly apiToken: string | undefined
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export class SettingsError extends Error {
  constructor(variable: string, value: string, expected: string) {
    super(`${variable}=${value === '' ? '(empty)' : value} is not usable: ${expected}`)
    this.name = 'SettingsError'
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** @throws {SettingsError} for the first variable that can't be used. Secrets are never part of its message. */
export function readSettings(env: Environment): Settings {
  const url = readOrigin(env, 'KEYSTEAD_URL') ?? 'http://localhost:8765'
  const database = env['KEYSTEAD_DATABASE'] ?? 'sqlite:./data/keystead.db'
  if (!/^(sqlite:.+|postgres(ql)?:\/\/.+)$/.test(database))
    throw new SettingsError(
      'KEYSTEAD_DATABASE',
      hidePassword(database),
      'give sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME',
    )
  const secrets = readSecrets(env)
  if (!secrets && !database.startsWith('sqlite:'))
    throw new SettingsError(
      'KEYSTEAD_SECRET',
      '',
      'with PostgreSQL it is required: at least 32 random bytes in base64url',
    )
  return {
    url,
    host: env['KEYSTEAD_HOST'] || '127.0.0.1',
    port: readPort(env, url),
    database,
    secrets,
    trustedProxies: list(env['KEYSTEAD_TRUSTED_PROXIES']).map(readProxy),
    adminUrl: readOrigin(env, 'KEYSTEAD_ADMIN_URL') ?? url,
    logLevel: oneOf(env, 'KEYSTEAD_LOG', LOG_LEVELS, 'info'),
    rateLimits: oneOf(env, 'KEYSTEAD_RATE_LIMITS', ['on', 'off'] as const, 'on') === 'on',
    first: readFirstStart(env),
  }
}

function readOrigin(env: Environment, variable: string): string | undefined {
  const text = env[variable]
  if (text === undefined) return undefined
  const expected =
    'give an origin such as https://id.example.com: http or https, a host, perhaps a port, and nothing else'
  if (!URL.canParse(text)) throw new SettingsError(variable, text, expected)
  const url = new URL(text)
  const bare = url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
  if (!bare || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new SettingsError(variable, text, expected)
  return url.origin
}

function readPort(env: Environment, url: string): number {
  const variable = env['KEYSTEAD_PORT'] === undefined ? 'PORT' : 'KEYSTEAD_PORT'
  const text = env[variable]
  const { port, protocol } = new URL(url)
  if (text === undefined) return Number(port) || (protocol === 'https:' ? 443 : 80)
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new SettingsError(variable, text, 'give a port from 0 to 65535 (0 takes a free one)')
  return Number(text)
}

function readSecrets(env: Environment): readonly SecretKey[] | undefined {
  const text = env['KEYSTEAD_SECRET']
  if (text === undefined) return undefined
  return readSecretList(text)
}

/** `key[,key…]`, each at least 32 bytes in base64url. @throws {SettingsError} */
export function readSecretList(text: string): readonly SecretKey[] {
  const expected = 'give one or more keys, each of at least 32 random bytes in base64url, separated by commas'
  const keys = list(text).map((part) => Buffer.from(part, 'base64url'))
  if (keys.length === 0 || keys.some((bytes) => bytes.length < 32))
    throw new SettingsError('KEYSTEAD_SECRET', '(hidden)', expected)
  return keys.map(secretKey)
}

function readProxy(text: string): string {
  if (!/^(loopback|linklocal|uniquelocal|[0-9a-f.:]+(\/\d{1,3})?)$/i.test(text))
    throw new SettingsError(
      'KEYSTEAD_TRUSTED_PROXIES',
      text,
      'give addresses or CIDR ranges separated by commas, e.g. 10.0.0.0/8',
    )
  return text
}

function readFirstStart(env: Environment): FirstStart {
  const adminLogin = env['KEYSTEAD_ADMIN_LOGIN'] ?? 'admin@keystead.localhost'
  if (!/^[^\s@]+@[^\s@]+$/.test(adminLogin) || adminLogin.length > 100)
    throw new SettingsError('KEYSTEAD_ADMIN_LOGIN', adminLogin, 'give a login in the form of an e-mail address')
  const adminPassword = env['KEYSTEAD_ADMIN_PASSWORD']
  if (adminPassword !== undefined && (adminPassword.length < 8 || adminPassword.length > 72))
    throw new SettingsError('KEYSTEAD_ADMIN_PASSWORD', '(hidden)', 'give 8 to 72 characters')
  const apiToken = env['KEYSTEAD_API_TOKEN']
  if (apiToken !== undefined && !/^[A-Za-z0-9_-]{22,200}$/.test(apiToken))
    throw new SettingsError('KEYSTEAD_API_TOKEN', '(hidden)', 'give at least 22 characters of A-Z a-z 0-9 _ -')
  return { adminLogin, adminPassword, apiToken }
}

const list = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

function oneOf<const T extends readonly string[]>(
  env: Environment,
  variable: string,
  allowed: T,
  normal: T[number],
): T[number] {
  const text = env[variable]
  if (text === undefined) return normal
  const found = allowed.find((word) => word === text)
  if (found === undefined) throw new SettingsError(variable, text, `give one of ${allowed.join(', ')}`)
  return found
}

const hidePassword = (address: string): string => address.replace(/(:\/\/[^:@/]*):[^@/]*@/, '$1:…@')
