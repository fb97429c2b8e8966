// What is wrong with a URI that is being typed, in the server's own words. The server decides; a test holds the two to the same sentences.
import type { ApplicationType } from './app-types.ts'

const MAX_LENGTH = 1024
const SCHEME = /^([a-z][a-z0-9+.-]*):/i
const URI_CHARACTERS = /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[0-9a-f]{2})*$/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const SPACE_OR_CONTROL = /[\s\u0000-\u0020\u007f-\u009f]/
const REFUSED_SCHEMES =
  /^(?:javascript|vbscript|livescript|mocha|data|about|blob|chrome|file|filesystem|jar|mhtml|res|resource|view-source|ftp|intent|mailto|wss?)$/
const HTTP_AUTHORITY = /^https?:\/\/([^/?#]*)/i

/** The sentence about a URI; undefined for one that the server will take, or that only the server can judge. */
export function redirectUriProblem(text: string, type: ApplicationType): string | undefined {
  if (text === '') return 'The URI is empty.'
  if (text.length > MAX_LENGTH) return `The URI is longer than ${MAX_LENGTH} characters.`
  if (SPACE_OR_CONTROL.test(text)) return 'The URI contains white space or control characters.'
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined) return "The URI must be absolute: it begins with a scheme such as 'https://'."
  if (REFUSED_SCHEMES.test(scheme)) return `The scheme '${scheme}:' is not allowed.`
  if (text.includes('#')) return "The URI must not have a fragment ('#')."
  // Of characters and wildcards the server knows more.
  if (!URI_CHARACTERS.test(text) || text.includes('*')) return undefined
  return scheme === 'http' || scheme === 'https' ? webProblem(text) : customProblem(text, scheme, type)
}

function webProblem(text: string): string | undefined {
  const authority = HTTP_AUTHORITY.exec(text)?.[1]
  if (authority === undefined || authority === '') return "The URI names no host: write it as 'https://host/path'."
  if (authority.includes('@')) return 'The URI must not carry a user name or password.'
  const [, host, port] = /^([^:[\]]+):(.*)$/.exec(authority) ?? []
  const isPort =
    port === undefined || port === '' || (/^\d{1,5}$/.test(port) && Number(port) <= 65_535 && Number(port) > 0)
  return host === undefined || isPort
    ? undefined
    : `'${authority}' is not a host with a port: after the colon stands '${port}', and a port is a number from 1 to 65535.`
}

function customProblem(text: string, scheme: string, type: ApplicationType): string | undefined {
  const rest = text.slice(scheme.length + 1)
  if (/^\d{1,5}(?:[/?]|$)/.test(rest)) return `The URI has no scheme: write 'http://${text}' or 'https://${text}'.`
  return type === 'browser' ? 'A single-page app needs a URI with http or https.' : undefined
}
