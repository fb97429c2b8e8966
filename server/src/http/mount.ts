// Routes as data → listeners: org, caller, limits, CORS, permission, handler, reply, in this order for each of them.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor, Caller, Client } from '#kernel/caller.ts'
import { newId, type OrgId, type RandomBytes } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import { parseOrigin } from '#kernel/origin.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { Answer } from './answer.ts'
import {
  authenticate,
  authorize,
  CONSOLE_HEADER,
  type Credentials,
  callerOf,
  guardCookieRequest,
  type Presented,
} from './authenticate.ts'
import { networkOf } from './client-network.ts'
import { consoleCookieName } from './console-cookies.ts'
import { parseCookies, type RequestCookies } from './cookies.ts'
import { type CorsQuestion, type CorsZone, decideCors, refusesOrigin } from './cors.ts'
import { type Explanation, explained } from './explained.ts'
import { isMultipart, partOf } from './multipart.ts'
import type { RateLimiter, RateState } from './rate-limit.ts'
import { renderRefusal, toRefusal } from './render-refusal.ts'
import type { Call, Route } from './route.ts'

export interface Edge {
  readonly now: () => Instant
  readonly random: RandomBytes
  readonly limiter: RateLimiter
  readonly credentials: Credentials
  /** Host (name and port) → org; undefined for a host that is nobody's. */
  resolveHost(host: string): Promise<Host | undefined>
  /** The org's trusted origins with scope CORS. */
  isTrusted(org: OrgId): Promise<(origin: string) => boolean>
  /** A page of this origin was kept from what a trusted one would be given at `url`, a path with the names of its parameters. */
  refusedOrigin(caller: Caller, url: string, origin: string): void
  /** Why it was, for a caller who may be told. */
  explainOrigin(caller: Caller, url: string, origin: string): Promise<Explanation | undefined>
  /** The first request of a window that was one too many, at the route `url`. */
  limitReached(caller: Caller, url: string, limit: number): void
  /** Every exchange that a test wants to hold against Okta's description. */
  readonly recordExchange?: (exchange: Exchange) => void
  /** Tests hold what a route answers to what it says that it answers. */
  readonly checkAnswer?: (route: Route, answer: Answer) => void
  logError(facts: object, message: string): void
  logWarning(facts: object, message: string): void
}

export interface Host {
  readonly org: OrgId
  readonly orgUrl: string
  /**
   * `alias`: for machines; `console`: the Admin Console's own origin, where it is not the org's; `console-name`: the name under which
   * people look for the console, which leads there.
   */
  readonly role: 'canonical' | 'alias' | 'console' | 'console-name'
  /** Its own origin, as it was registered. */
  readonly origin: string
  /** The origin of the org's Admin Console. */
  readonly consoleUrl: string
}

export interface Exchange {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly request?: unknown
  readonly response?: unknown
}

interface Arrival {
  readonly call: Call
  readonly zone: CorsZone
  readonly rate: RateState | undefined
  readonly allowed: boolean
}

/** Mounts the routes of every room. @throws Error at boot for two routes of one method and path */
export function mount(server: FastifyInstance, edge: Edge, routes: readonly Route[]): void {
  const zones = new Map<string, Map<string, CorsZone>>()
  for (const spec of routes) {
    const methods = zones.get(spec.url) ?? new Map<string, CorsZone>()
    methods.set(spec.method, spec.zone)
    zones.set(spec.url, methods)
    server.route({
      method: spec.method,
      url: spec.url,
      ...(spec.body ? { schema: { body: spec.body } } : {}),
      // The framework would answer in its own words; `serve` sees the complaint and renders it as the route does.
      attachValidation: true,
      handler: (request, reply) => serve(edge, spec, request, reply),
      // So it would for a body that is too large, malformed or of a type that nobody reads.
      errorHandler: (error, request, reply) => serve(edge, spec, request, reply, error),
    })
  }
  for (const [url, methods] of zones) {
    server.route({ method: 'OPTIONS', url, handler: (request, reply) => preflight(edge, url, methods, request, reply) })
  }
}

async function preflight(
  edge: Edge,
  url: string,
  methods: ReadonlyMap<string, CorsZone>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const asked = request.headers['access-control-request-method'] ?? ''
  const zone = methods.get(asked) ?? methods.values().next().value ?? 'none'
  const { origin } = request.headers
  const host = zone === 'trusted' && origin !== undefined ? await edge.resolveHost(request.host) : undefined
  // In the zone `token` no client is known yet: the request that follows is decided on its own.
  const allowed = zone === 'trusted' ? host !== undefined && (await edge.isTrusted(host.org))(origin ?? '') : true
  const requestHeaders = request.headers['access-control-request-headers']
  const question = { zone, origin, allowed, preflight: true, requestHeaders }
  if (host) {
    const client = clientOf(request, newId('request', edge.now(), edge.random))
    tellRefusedOrigin(edge, url, callerOf(host.org, host.orgUrl, { kind: 'anonymous' }, client), question)
  }
  return reply.code(204).headers(decideCors(question)).send()
}

/**
 * Tells of a page that was kept from reading. Browsers name the origin of the org's own pages too, and no header has to let those read.
 * @returns the origin that was kept out
 */
function tellRefusedOrigin(edge: Edge, url: string, caller: Caller, question: CorsQuestion): string | undefined {
  const { origin } = question
  if (origin === undefined || !refusesOrigin(question)) return undefined
  if (parseOrigin(origin) === parseOrigin(caller.orgUrl)) return undefined
  edge.refusedOrigin(caller, url, origin)
  return origin
}

/** Answers a request as `spec` says; a complaint of the framework about it is answered in its handler's place. */
export async function serve(
  edge: Edge,
  spec: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  complaint?: unknown,
): Promise<FastifyReply> {
  const arrived = edge.now()
  const requestId = newId('request', arrived, edge.random)
  reply.header('x-okta-request-id', requestId)
  let arrival: Arrival | undefined
  let answer: Answer
  try {
    arrival = await arrive(edge, spec, request, { requestId, arrived })
    if (complaint !== undefined) throw complaint
    answer = await respond(spec, arrival, request)
  } catch (error) {
    const early = error instanceof EarlyRefusal ? error : undefined
    if (early) arrival = early.arrival
    answer = await refuse(edge, spec, arrival, early ? early.cause : error, requestId)
  }
  if (arrival?.rate) reply.headers(rateHeaders(arrival.rate))
  const question = questionOf(spec, request, arrival, answer)
  const keptOut = arrival && tellRefusedOrigin(edge, spec.url, arrival.call.caller, question)
  if (arrival && keptOut !== undefined && answer.status >= 400)
    answer = explained(answer, await edge.explainOrigin(arrival.call.caller, spec.url, keptOut))
  reply.headers(decideCors(question))
  record(edge, request, answer)
  edge.checkAnswer?.(spec, answer)
  return send(reply, answer)
}

/** What failed before anybody could say whom the org trusts is kept from whoever would have to be trusted. */
const questionOf = (
  spec: Route,
  { headers: { origin, authorization } }: FastifyRequest,
  arrival: Arrival | undefined,
  answer: Answer,
): CorsQuestion => ({
  zone: arrival?.zone ?? spec.zone,
  origin,
  allowed: (arrival?.allowed ?? spec.zone === 'token') && !answer.withholdCors,
  preflight: false,
  authorization,
})

async function arrive(
  edge: Edge,
  spec: Route,
  request: FastifyRequest,
  { requestId, arrived }: { readonly requestId: string; readonly arrived: Instant },
): Promise<Arrival> {
  const host = await edge.resolveHost(request.host)
  if (!host) throw new Refusal('unknown_host')
  const { org, orgUrl } = host
  if (!isServedAt(host, spec)) throw new Refusal('unknown_host')
  const cookies = parseCookies(request.headers.cookie)
  const client = clientOf(request, requestId)
  const anonymous = callerOf(org, orgUrl, { kind: 'anonymous' }, client)
  const origin = request.headers.origin
  const { authorization } = request.headers
  const cookieAllowed = spec.cookie === true && host.role === 'canonical'
  const presented = { authorization, cookies, cookieAllowed, console: consoleCall(spec, host, request, cookies) }
  const { actor, refusal } = await identify(edge.credentials, org, presented)
  const callAs = (caller: Caller): Call => callOf(request, caller, host.origin, arrived, cookies)
  const rate = await takeFrom(edge, spec, actor, callAs(anonymous))
  const isTrusted = spec.zone === 'trusted' || spec.cookie ? await edge.isTrusted(org) : () => false
  const base: Pick<Arrival, 'zone' | 'rate' | 'allowed'> = {
    // The console's page is of the same origin: no other one has business with its answers.
    zone: actor.kind === 'console' ? 'none' : spec.zone,
    rate,
    // `token` decides for itself once the client is known; its answer may withhold the header.
    allowed: spec.zone === 'trusted' ? origin !== undefined && isTrusted(origin) : true,
  }
  const early = (error: unknown) => new EarlyRefusal({ ...base, call: callAs(anonymous) }, error)
  if (rate?.isFirstRefusal) edge.limitReached(callerOf(org, orgUrl, actor, client), spec.url, rate.limit)
  if (rate?.exceeded) throw early(new Refusal('rate_limited'))
  if (refusal !== undefined) throw early(refusal)
  try {
    const contentType = request.headers['content-type']
    guardCookieRequest(actor, { method: request.method, contentType, origin, orgUrl }, isTrusted)
    const caller = callerOf(org, orgUrl, actor, client)
    if (spec.permission) authorize(caller, spec.permission)
    return { ...base, call: callAs(caller) }
  } catch (error) {
    throw early(error)
  }
}

/**
 * Pages, cookies and changes belong to the canonical host: under another name they would make a second site. The console's own origin
 * serves the console and what it calls, which is whatever asks for a permission.
 */
function isServedAt(host: Host, spec: Route): boolean {
  if (spec.console) return hasConsole(host)
  if (host.role === 'alias') return spec.alias === true
  return host.role === 'canonical' || (host.role === 'console' && spec.permission !== undefined)
}

const hasConsole = ({ role, orgUrl, consoleUrl }: Host): boolean =>
  role === 'console' || (role === 'canonical' && orgUrl === consoleUrl)

/** A call of the console, if it says that it is one; the cookie counts where the browser vouches for the page. */
function consoleCall(
  spec: Route,
  host: Host,
  { headers }: FastifyRequest,
  cookies: RequestCookies,
): Presented['console'] {
  if (spec.permission === undefined || headers[CONSOLE_HEADER] === undefined) return undefined
  const isOwn = headers[CONSOLE_HEADER] === '1' && headers['sec-fetch-site'] === 'same-origin' && hasConsole(host)
  return { cookie: isOwn ? cookies.get(consoleCookieName(host.consoleUrl)) : undefined }
}

/** Who is calling; what is wrong with a credential is kept for after the limit, since it counts there as none. */
const identify = (
  credentials: Credentials,
  org: OrgId,
  presented: Presented,
): Promise<{ readonly actor: Actor; readonly refusal?: unknown }> =>
  authenticate(credentials, org, presented).then(
    (actor) => ({ actor }),
    (refusal: unknown) => ({ actor: { kind: 'anonymous' }, refusal }),
  )

/**
 * All who prove nothing share a bucket: no stranger can use up what the org's own people, scripts and clients have. An address that has
 * used up its part is not listened to any more, or it could go on guessing at clients' secrets.
 */
async function takeFrom(edge: Edge, spec: Route, actor: Actor, call: Call): Promise<RateState | undefined> {
  const { bucket } = spec
  if (bucket === 'unmetered') return undefined
  const { org, client } = call.caller
  const address = networkOf(client.ip)
  const isKnown =
    actor.kind !== 'anonymous' ||
    (spec.isProven !== undefined &&
      !edge.limiter.hasSpent(org, bucket, address, edge.now()) &&
      (await spec.isProven(call)))
  return edge.limiter.take(org, bucket, isKnown ? 'known' : { address }, edge.now())
}

const callOf = (
  request: FastifyRequest,
  caller: Caller,
  hostOrigin: string,
  arrived: Instant,
  cookies: RequestCookies,
): Call => ({
  caller,
  hostOrigin,
  method: request.method,
  arrived,
  path: request.url,
  params: request.params as Record<string, string>,
  query: request.query as URLSearchParams,
  body: request.body,
  headers: request.headers,
  cookies,
  origin: request.headers.origin,
})

/** A refusal before the handler ran, with what is needed to answer it as the route would. */
class EarlyRefusal extends Error {
  readonly arrival: Arrival
  constructor(arrival: Arrival, cause: unknown) {
    super('refused on arrival', { cause })
    this.arrival = arrival
  }
}

function respond(spec: Route, arrival: Arrival, request: FastifyRequest): Promise<Answer> | Answer {
  const isForm = request.body instanceof URLSearchParams
  const isUpload = isMultipart(request.body)
  if (spec.upload === undefined ? isUpload && spec.method !== 'GET' : !isUpload)
    throw new Refusal('unsupported_media_type')
  if (spec.form ? !isForm && spec.method === 'POST' : isForm && spec.body) throw new Refusal('unsupported_media_type')
  // Some do without a body: it is for their schema to say.
  if (request.validationError)
    throw request.body === undefined ? new Refusal('malformed_body') : request.validationError
  if (spec.upload === undefined || !isMultipart(request.body)) return spec.handler(arrival.call)
  return spec.handler({ ...arrival.call, file: partOf(request.body, spec.upload) ?? new Uint8Array() })
}

async function refuse(
  edge: Edge,
  spec: Route,
  arrival: Arrival | undefined,
  error: unknown,
  requestId: string,
): Promise<Answer> {
  const refusal = toRefusal(error)
  // The one who asks is told to come again; why is the operator's to know.
  if (refusal.code === 'overloaded')
    edge.logWarning({ err: refusal.cause ?? refusal, requestId, url: spec.url }, 'a request could not be taken')
  // The framework's and the store's complaints reach the route under our names.
  const own = arrival && (await spec.refuse?.(refusal.code === 'internal' ? error : refusal, arrival.call))
  if (own) return own
  if (refusal.code === 'internal') edge.logError({ err: refusal.cause, requestId, url: spec.url }, 'a request failed')
  return renderRefusal(refusal, edge.random)
}

function clientOf(request: FastifyRequest, requestId: string): Client {
  const path = request.url.split('?', 1)[0] ?? '/'
  return { ip: request.ip, userAgent: (request.headers['user-agent'] ?? '').slice(0, 500), requestId, path }
}

const rateHeaders = (rate: RateState) => ({
  'x-rate-limit-limit': String(rate.limit),
  'x-rate-limit-remaining': String(rate.remaining),
  'x-rate-limit-reset': String(rate.reset),
})

const NO_STORE = 'no-cache, no-store'

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status)
  reply.header('cache-control', NO_STORE)
  reply.header('x-content-type-options', 'nosniff')
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    // What the answer varies by itself stands beside the origin.
    const before = name === 'vary' ? reply.getHeader('vary') : undefined
    reply.header(name, before === undefined ? (value as string | string[]) : `${before}, ${value}`)
  }
  if (answer.cookies?.length) reply.header('set-cookie', answer.cookies as string[])
  if (answer.html !== undefined) return reply.type('text/html; charset=utf-8').send(answer.html)
  if (answer.file !== undefined) return reply.type(answer.file.type).send(answer.file.bytes)
  if (answer.json !== undefined) return reply.type('application/json').send(JSON.stringify(answer.json))
  return reply.send()
}

function record(edge: Edge, request: FastifyRequest, answer: Answer): void {
  if (!edge.recordExchange) return
  if (isMultipart(request.body)) return
  const sent = request.body instanceof URLSearchParams ? Object.fromEntries(request.body) : request.body
  edge.recordExchange({
    method: request.method,
    path: request.url,
    status: answer.status,
    ...(sent === undefined ? {} : { request: sent }),
    ...(answer.json === undefined ? {} : { response: answer.json }),
  })
}
