// The environment → settings, once, at boot. A bad value stops the start with its variable, the value and what would be right.
import { isIP } from 'node:net'
import { isLoopback } from './kernel/origin.ts'
import { type SecretKey, secretKey } from './kernel/secret.ts'
import type { SmtpServer } from './mail/smtp-server.ts'

export interface Settings {
  /** The public origin, without a trailing slash. */
  readonly url: string
  /** Further origins of the first org, for machines. */
  readonly aliases: readonly string[]
  /** The public URL is the developer's own machine: whoever is refused there is told why, and what mends it. */
  readonly development: boolean
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
  readonly mail: MailSettings
  readonly first: FirstStart
}

export interface MailSettings {
  readonly smtp: SmtpServer | undefined
  /** `Name <address>`, or the address alone. */
  readonly from: string
  /** Mails are kept in the console instead of being sent. Never together with `smtp`. */
  readonly mailbox: boolean
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
  const database = readDatabase(env)
  const secrets = readSecrets(env)
  if (!secrets && !database.startsWith('sqlite:'))
    throw new SettingsError(
      'KEYSTEAD_SECRET',
      '',
      'with PostgreSQL it is required: at least 32 random bytes in base64url',
    )
  const adminUrl = readOrigin(env, 'KEYSTEAD_ADMIN_URL') ?? url
  return {
    url,
    aliases: readAliases(env, [url, adminUrl]),
    development: isLoopback(new URL(url).hostname),
    host: readHost(env),
    port: readPort(env, url),
    database,
    secrets,
    trustedProxies: list(env.KEYSTEAD_TRUSTED_PROXIES).map(readProxy),
    adminUrl,
    logLevel: oneOf(env, 'KEYSTEAD_LOG', LOG_LEVELS, 'info'),
    rateLimits: oneOf(env, 'KEYSTEAD_RATE_LIMITS', ['on', 'off'] as const, 'on') === 'on',
    mail: readMail(env, url),
    first: readFirstStart(env),
  }
}

function readOrigin(env: Environment, variable: string): string | undefined {
  const text = env[variable]
  return text === undefined ? undefined : parseOrigin(variable, text)
}

function readAliases(env: Environment, taken: readonly string[]): readonly string[] {
  const variable = 'KEYSTEAD_ALIASES'
  const hosts = new Set(taken.map((url) => new URL(url).host))
  return list(env[variable]).map((text) => {
    const origin = parseOrigin(variable, text)
    const { host } = new URL(origin)
    if (hosts.has(host)) throw new SettingsError(variable, text, `${host} stands for something already`)
    hosts.add(host)
    return origin
  })
}

function parseOrigin(variable: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isBare = url?.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
  if (!url || !isBare || url.port === '0' || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new SettingsError(
      variable,
      hidePassword(text),
      'give an origin such as https://id.example.com: http or https, a host, perhaps a port, and nothing else',
    )
  return url.origin
}

function readDatabase(env: Environment): string {
  const text = env.KEYSTEAD_DATABASE ?? 'sqlite:./data/keystead.db'
  const isFile = /^sqlite:(?!:memory:)./.test(text)
  if (!isFile && !(/^postgres(ql)?:\/\/./.test(text) && URL.canParse(text)))
    throw new SettingsError(
      'KEYSTEAD_DATABASE',
      hidePassword(text),
      'give sqlite:PATH (a file) or postgres://USER:PASSWORD@HOST/NAME (with %XX for signs of a password such as @ / ? #)',
    )
  return text
}

function readHost(env: Environment): string {
  const text = env.KEYSTEAD_HOST ?? '127.0.0.1'
  if (isIP(text) === 0 && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text))
    throw new SettingsError('KEYSTEAD_HOST', text, 'give the address or name to listen on, e.g. 0.0.0.0 for every one')
  return text
}

function readPort(env: Environment, url: string): number {
  const variable = env.KEYSTEAD_PORT === undefined ? 'PORT' : 'KEYSTEAD_PORT'
  const text = env[variable]
  const { port, protocol } = new URL(url)
  if (text === undefined) return Number(port) || (protocol === 'https:' ? 443 : 80)
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new SettingsError(variable, text, 'give a port from 0 to 65535 (0 takes a free one)')
  return Number(text)
}

function readSecrets(env: Environment): readonly SecretKey[] | undefined {
  const text = env.KEYSTEAD_SECRET
  if (text === undefined) return undefined
  return readSecretList(text)
}

/** `key[,key…]`, each at least 32 bytes in base64url; `source` is where they stand. @throws {SettingsError} */
export function readSecretList(text: string, source = 'KEYSTEAD_SECRET'): readonly SecretKey[] {
  const parts = list(text)
  // 43 characters are 258 bits. Node's decoder would skip what is none of base64url, and find a key in any sentence.
  if (parts.length === 0 || !parts.every((part) => /^[\w-]{43,}$/.test(part)))
    throw new SettingsError(
      source,
      '(hidden)',
      'give one or more keys, each of at least 32 random bytes in base64url, separated by commas',
    )
  return parts.map((part) => secretKey(Buffer.from(part, 'base64url')))
}

function readProxy(text: string): string {
  const [address = '', prefix, ...rest] = text.split('/')
  const version = isIP(address)
  const isRange = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
  if (!/^(loopback|linklocal|uniquelocal)$/.test(text) && (version === 0 || !isRange || rest.length > 0))
    throw new SettingsError(
      'KEYSTEAD_TRUSTED_PROXIES',
      text,
      'give addresses or ranges separated by commas, e.g. 10.0.0.0/8, or loopback, linklocal, uniquelocal',
    )
  return text
}

function readMail(env: Environment, url: string): MailSettings {
  const smtp = readSmtp(env)
  const { hostname } = new URL(url)
  const inDevelopment = isLoopback(hostname)
  const mailbox = oneOf(env, 'KEYSTEAD_MAILBOX', ['on', 'off'] as const, smtp || !inDevelopment ? 'off' : 'on') === 'on'
  if (smtp && mailbox)
    throw new SettingsError('KEYSTEAD_MAILBOX', 'on', 'mail is either sent (KEYSTEAD_SMTP_URL) or kept: leave one out')
  // An address has no domain that mail programs would take.
  const domain = isIP(hostname.replaceAll(/[[\]]/g, '')) === 0 ? hostname : 'localhost'
  return { smtp, mailbox, from: readSender(env) ?? `Keystead <no-reply@${domain}>` }
}

function readSmtp(env: Environment): SmtpServer | undefined {
  const variable = 'KEYSTEAD_SMTP_URL'
  const text = env[variable]
  if (text === undefined) return undefined
  const url = /^smtps?:\/\/./.test(text) ? URL.parse(text) : null
  const user = url && decoded(url.username)
  const password = url && decoded(url.password)
  const isBare =
    url && url.hostname !== '' && /^\/?$/.test(url.pathname) && !url.search && !url.hash && url.port !== '0'
  if (!isBare || user === undefined || password === undefined || (user === '' && password !== ''))
    throw new SettingsError(
      variable,
      hidePassword(text),
      'give smtp://HOST:PORT or smtps://USER:PASSWORD@HOST:PORT (with %XX for signs of a password such as @ / ? # %)',
    )
  const isImplicit = url.protocol === 'smtps:'
  const host = url.hostname.replaceAll(/[[\]]/g, '')
  return {
    host,
    port: Number(url.port) || (isImplicit ? 465 : 587),
    // A password crosses no network in the clear.
    tls: isImplicit ? 'implicit' : user !== '' && !isLoopback(url.hostname) ? 'required' : 'offered',
    user: user === '' || user === null ? undefined : user,
    password: password === '' || password === null ? undefined : password,
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function readSender(env: Environment): string | undefined {
  const text = env.KEYSTEAD_MAIL_FROM
  if (text === undefined) return undefined
  if (
    text.length > 300 ||
    !/^([^\p{Cc}<>"@,;:\\]*<[^\s<>@,;:"]+@[^\s<>@,;:"]+>|[^\s<>@,;:"]+@[^\s<>@,;:"]+)$/u.test(text)
  )
    throw new SettingsError(
      'KEYSTEAD_MAIL_FROM',
      text,
      'give an address, or a name and an address: Example <id@example.com>',
    )
  return text
}

function readFirstStart(env: Environment): FirstStart {
  const adminLogin = env.KEYSTEAD_ADMIN_LOGIN ?? 'admin@keystead.localhost'
  if (!/^[^\s@]+@[^\s@]+$/.test(adminLogin) || adminLogin.length > 100)
    throw new SettingsError('KEYSTEAD_ADMIN_LOGIN', adminLogin, 'give a login in the form of an e-mail address')
  const adminPassword = env.KEYSTEAD_ADMIN_PASSWORD
  if (adminPassword !== undefined && (adminPassword.length < 8 || adminPassword.length > 72))
    throw new SettingsError('KEYSTEAD_ADMIN_PASSWORD', '(hidden)', 'give 8 to 72 characters')
  const apiToken = env.KEYSTEAD_API_TOKEN
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

/** An address as it may be shown: without what stands before its host, and without a password among its parameters. */
const hidePassword = (address: string): string =>
  address.replace(/^([a-z]*:\/\/)?.*@/is, '$1…@').replace(/(password=)[^&]*/gi, '$1…')
