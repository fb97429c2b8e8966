// What is kept of a value that a stranger sent: enough to say what is wrong with it, nothing that acts where it is shown, and nothing
// that could be a code, a token or a password, whoever put it there.

export interface KeptValue {
  readonly value: string
  /** Whether nothing was changed. */
  readonly whole: boolean
}

const VALUE_MAX = 512
/** No more of it is looked at. */
const LOOKED_AT = 4 * VALUE_MAX
const BLOT = '…'
// Controls, and characters that turn or hide what stands beside them.
const ACTIVE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
/** A run of characters as tokens and secrets have it; hosts are left alone, since previews have long ones. */
const LONG_RUN = /[A-Za-z0-9_-]{40,}/g
const TOKEN = /eyJ[\w-]*(?:\.[\w-]*)*/g
const URL_PARTS = /^([a-z][a-z0-9+.-]*:)?(\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/is
const TELLING = /^(?:client_id|scope|response_(?:type|mode)|lang|locale|page|tab|env|v|version|source|platform)$/i

/** A value as it is kept. */
export function keptValue(text: string): KeptValue {
  const value = clip(blotted(text.slice(0, LOOKED_AT).toWellFormed().replace(ACTIVE, '\uFFFD')))
  return { value, whole: value === text }
}

function blotted(text: string): string {
  const [, scheme = '', authority = '', path, query = '', fragment = ''] = URL_PARTS.exec(text) ?? []
  if (path === undefined) return blotSecrets(text)
  return scheme + blotUserInfo(authority) + blotSecrets(path) + blotQuery(query) + (fragment === '' ? '' : `#${BLOT}`)
}

const blotSecrets = (text: string): string =>
  text.replace(TOKEN, BLOT).replace(LONG_RUN, (run) => run.slice(0, 4) + BLOT)

const blotUserInfo = (authority: string): string => authority.replace(/^\/\/.*@/s, `//${BLOT}@`)

/** Names stay; a value only where it is short and its name is none that carries secrets. */
function blotQuery(query: string): string {
  if (query === '') return ''
  const parts = query.slice(1).split('&')
  return `?${parts.map(blotParameter).join('&')}`
}

function blotParameter(part: string): string {
  const [, name = '', value = ''] = /^([^=]*)(=.*)?$/s.exec(part) ?? []
  if (value === '' || value === '=') return blotSecrets(part)
  const isPlain = TELLING.test(name) || /^=[\w.-]{1,8}$/.test(value)
  return blotSecrets(name) + (isPlain && !SECRET_NAME.test(name) ? blotSecrets(value) : `=${BLOT}`)
}

const SECRET_NAME =
  /code|token|secret|password|passwd|pwd|assertion|verifier|session|sid|key|sig|jwt|auth|state|nonce|otp|pin/i

const clip = (text: string): string =>
  text.length > VALUE_MAX ? text.slice(0, VALUE_MAX - 1).toWellFormed() + BLOT : text
