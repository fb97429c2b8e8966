// Client secrets. Okta shows them again later, so they are kept sealed; a presented one is compared by its keyed hash.

import type { RandomBytes } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import { invalid, type Refusal } from '#kernel/refusal.ts'
import { deriveKey, equalText, keyedHash, open, randomToken, type SecretKey, seal } from '#kernel/secret.ts'
import type { Org } from '#orgs/org.ts'
import { type App, type ClientAuthentication, type ClientSecret, usesSecret } from './app.ts'

export const CLIENT_SECRETS_MAX = 2
const LENGTH_MIN = 14
const LENGTH_MAX = 100
// RFC 7518 §3.2: HS256 needs a key of at least 256 bits.
const LENGTH_MIN_FOR_JWT = 32
const GENERATED_BYTES = 48
const HASH_CHARACTERS = 22

/** What a presented secret is compared by. */
export const clientSecretMac = (dataKey: SecretKey, secret: string): string =>
  keyedHash(deriveKey(dataKey, 'client-secret'), secret)

/** The secret in clear, for those who may see it. @throws Error for one that was altered or moved */
export function openClientSecret(
  org: Pick<Org, 'id' | 'dataKey'>,
  secret: Pick<ClientSecret, 'id' | 'sealed'>,
): string {
  const text = open([org.dataKey], place(org.id, secret.id), secret.sealed)
  if (text === undefined) throw new Error(`client secret ${secret.id} does not open`)
  return text
}

export interface NewSecret {
  readonly id: string
  readonly text: string
  readonly now: Instant
  readonly status?: ClientSecret['status']
}

export function newClientSecret(
  org: Pick<Org, 'id' | 'dataKey'>,
  { id, text, now, status = 'ACTIVE' }: NewSecret,
  random: RandomBytes,
): ClientSecret {
  const sealed = seal(org.dataKey, place(org.id, id), text, random)
  return { id, status, created: now, lastUpdated: now, mac: clientSecretMac(org.dataKey, text), sealed }
}

/** 64 characters with 384 random bits. */
export const generatedSecret = (random: RandomBytes): string => randomToken(random, GENERATED_BYTES)

/** The beginning of the keyed hash: names a secret without telling it. */
export const secretHash = (secret: Pick<ClientSecret, 'mac'>): string => secret.mac.slice(0, HASH_CHARACTERS)

/** The one that Okta shows with the app: the newest that is active. */
export const currentSecret = (secrets: readonly ClientSecret[]): ClientSecret | undefined =>
  secrets.findLast((secret) => secret.status === 'ACTIVE')

/** Judges a secret that somebody chose. @throws {Refusal} validation_failed */
export function checkClientSecret(text: string, method: ClientAuthentication): void {
  if (!usesSecret(method)) throw fault(`An app with the client authentication '${method}' has no client secret.`)
  if (text.length < LENGTH_MIN) throw fault(`The client secret must have at least ${LENGTH_MIN} characters.`)
  if (text.length > LENGTH_MAX) throw fault(`The client secret must have at most ${LENGTH_MAX} characters.`)
  if (!/^[\x20-\x7e]*$/.test(text)) throw fault('The client secret must consist of printable ASCII characters.')
  if (method === 'client_secret_jwt' && text.length < LENGTH_MIN_FOR_JWT)
    throw fault(`The client secret must have at least ${LENGTH_MIN_FOR_JWT} characters for 'client_secret_jwt'.`)
}

/** What is said of a new secret; undefined is unsaid. */
export interface SecretDraft {
  readonly text: string | undefined
  readonly status: ClientSecret['status'] | undefined
}

/** A secret, in clear where the caller may see it. */
export interface ShownSecret {
  readonly secret: ClientSecret
  readonly text: string | undefined
}

export interface SecretChange {
  readonly remove?: ClientSecret
  readonly add?: ClientSecret
}

/**
 * What becomes of an app's secrets when the app is replaced: they stay, unless another one was sent or none is left that works.
 * `fresh` holds what was sent, or a generated secret.
 */
export function decideSecretChange(
  current: readonly ClientSecret[],
  app: App,
  sent: boolean,
  fresh: ClientSecret,
): SecretChange {
  if (!usesSecret(app.clientAuthentication)) return {}
  const shown = currentSecret(current)
  if (!sent) return shown ? {} : { ...oldestOfTooMany(current), add: fresh }
  if (current.some((secret) => equalText(secret.mac, fresh.mac))) return {}
  return shown ? { remove: shown, add: fresh } : { ...oldestOfTooMany(current), add: fresh }
}

function oldestOfTooMany(current: readonly ClientSecret[]): SecretChange {
  const [oldest] = current
  return oldest && current.length >= CLIENT_SECRETS_MAX ? { remove: oldest } : {}
}

const place = (org: string, id: string) => [org, 'app_secret', 'sealed', id]

const fault = (sentence: string): Refusal => invalid('client_secret', `client_secret: ${sentence}`)
