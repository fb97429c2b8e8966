// Fastify as we use it: what it reads, how much and how long, and in whose words it refuses what reaches no route.
import type { IncomingMessage } from 'node:http'
import { type FastifyInstance, type FastifyReply, fastify } from 'fastify'
import type { RandomBytes } from '#kernel/id.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'
import { isNestedDeeper } from './json-depth.ts'
import { lateValidator } from './late-validator.ts'
import { multipart } from './multipart.ts'
import { renderRefusal } from './render-refusal.ts'

const BODY_BYTES_MAX = 1_000_000
/** A file of 1 MB and what a form has around it. */
const UPLOAD_BYTES_MAX = BODY_BYTES_MAX + 20_000
const BODY_LEVELS_MAX = 100
/** Forms are parameters of a few kilobytes, and dearer to read than JSON. */
const FORM_BYTES_MAX = 200_000
/** Reading a form of a hundred thousand names without values takes Node seconds, in which nobody else is served. */
const FORM_FIELDS_MAX = 1_000
/** For a whole request: one that trickles in holds its connection no longer. */
const REQUEST_MILLISECONDS = 30_000

export interface ListenerOptions {
  /** Whose `X-Forwarded-*` headers count; nobody's where the list is empty. */
  readonly trustedProxies: readonly string[]
  readonly random: RandomBytes
}

/** A server without routes, not yet listening. */
export function newListener({ trustedProxies, random }: ListenerOptions): FastifyInstance {
  const server = fastify({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_MILLISECONDS,
    rewriteUrl: originForm,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    // A HEAD would run a GET's handler, and some of those pages change something.
    exposeHeadRoutes: false,
    routerOptions: { querystringParser: (text) => new URLSearchParams(text) as never, maxParamLength: 500 },
    frameworkErrors: (_error, _request, reply) => refuseBadPath(random, reply),
  })
  server.setValidatorCompiler(lateValidator())
  server.addHook('onRequest', async (request, reply) => {
    if (!namesHostTwice(request.raw)) return undefined
    const { status, json } = renderRefusal(invalid('Host', 'Host: The header must be sent once'), random)
    return reply.code(status).send(json)
  })
  parseBodies(server)
  return server
}

/** RFC 9112 §3.2.2: a target may be a whole URL, whose host then counts and not the header's. */
function originForm(request: Pick<IncomingMessage, 'url' | 'headers'>): string {
  const { url = '/' } = request
  if (url.startsWith('/')) return url
  const [, host, path = ''] = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)(.*)$/i.exec(url) ?? []
  if (host === undefined) return url
  request.headers.host = host
  return path.startsWith('/') ? path : `/${path}`
}

// RFC 9112 §3.2: of two, a proxy may have looked at the other one. Node drops the second.
const namesHostTwice = ({ rawHeaders }: IncomingMessage): boolean =>
  rawHeaders.filter((text, at) => at % 2 === 0 && text.length === 4 && text.toLowerCase() === 'host').length > 1

/** SDKs send `Content-Type: application/json` with no body at all; a form's names may repeat and the engine must see that. */
function parseBodies(server: FastifyInstance): void {
  const parseJson = server.getDefaultJsonParser('error', 'error')
  server.removeAllContentTypeParsers()
  server.addContentTypeParser(
    ['application/json', 'application/ion+json'],
    { parseAs: 'string' },
    (request, text, done) => {
      if (text === '') done(null, undefined)
      else if (isNestedDeeper(String(text), BODY_LEVELS_MAX)) done(new Refusal('malformed_body'))
      else parseJson(request, String(text), done)
    },
  )
  const form = { parseAs: 'string', bodyLimit: FORM_BYTES_MAX } as const
  server.addContentTypeParser('application/x-www-form-urlencoded', form, (_request, text, done) => {
    if (hasMoreFields(String(text), FORM_FIELDS_MAX)) done(new Refusal('malformed_body'))
    else done(null, new URLSearchParams(String(text)))
  })
  server.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: UPLOAD_BYTES_MAX },
    (request, body, done) => done(null, multipart(request.headers['content-type'] ?? '', body)),
  )
}

function hasMoreFields(form: string, most: number): boolean {
  let at = -1
  for (let fields = 1; fields <= most; fields++) {
    at = form.indexOf('&', at + 1)
    if (at < 0) return false
  }
  return true
}

/** A path that can't be decoded reaches no handler of ours. */
function refuseBadPath(random: RandomBytes, reply: Pick<FastifyReply, 'raw'>): void {
  const { status, json } = renderRefusal(new Refusal('path_not_found'), random)
  reply.raw.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
}
