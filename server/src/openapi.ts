// The description of the API, made of the routes themselves: what is mounted is described, and nothing else. OpenAPI 3.1, served at
// /.well-known/openapi.json for everybody, since it tells nothing that the code doesn't.
import { json } from './http/answer.ts'
import { type Route, route } from './http/route.ts'

const PATH = '/.well-known/openapi.json'
const CACHED = 'public, max-age=3600'

/** The route that describes `routes` and itself. */
export function openApiRoute(routes: readonly Route[]): Route {
  const described: Route = route({
    method: 'GET',
    url: PATH,
    zone: 'public',
    bucket: 'unmetered',
    summary: 'Description of this API',
    handler: ({ caller }) =>
      json(
        200,
        { ...document(), servers: [{ url: caller.orgUrl }] },
        { headers: { 'cache-control': CACHED, vary: 'Host' } },
      ),
  })
  const document = once(() => describeRoutes([...routes, described]))
  return described
}

export function describeRoutes(routes: readonly Route[]) {
  const shown = routes.filter(({ hidden }) => !hidden)
  const byPath = Map.groupBy(shown, ({ url }) => pathTemplate(url))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Keystead',
      version: 'v1',
      description: 'Sign-in, people, apps and OAuth 2.0 with OpenID Connect, compatible with the API of Okta.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: [...new Set(shown.map(({ url }) => tagOf(url)))].toSorted().map((name) => ({ name })),
    paths: Object.fromEntries(
      [...byPath].map(([path, list]) => [
        path,
        Object.fromEntries(list.map((spec) => [spec.method.toLowerCase(), operation(spec, path)])),
      ]),
    ),
    components: { ...COMPONENTS, schemas: { ...COMPONENTS.schemas, ...answerSchemas(shown) } },
  }
}

/** The schemas of answers by their titles. @throws Error for two of one title */
function answerSchemas(routes: readonly Route[]) {
  const byTitle = new Map<string, unknown>()
  for (const { answer } of routes) collect(answer, byTitle)
  return Object.fromEntries([...byTitle].map(([title, schema]) => [title, parts(schema)]))
}

function collect(schema: unknown, byTitle: Map<string, unknown>): void {
  if (!isRecord(schema)) return
  const title = titleOf(schema)
  if (title !== undefined) {
    const known = byTitle.get(title)
    if (known === schema) return
    if (known !== undefined) throw new Error(`two schemas are called ${title}`)
    byTitle.set(title, schema)
  }
  for (const part of Object.values(schema)) collect(part, byTitle)
}

/** A schema with its parts by reference, where they have a title. */
const parts = (schema: unknown): unknown =>
  Array.isArray(schema)
    ? schema.map(described)
    : isRecord(schema)
      ? Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, described(part)]))
      : schema

function described(schema: unknown): unknown {
  const title = isRecord(schema) ? titleOf(schema) : undefined
  return title === undefined ? parts(schema) : schemaRef(title)
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** A member may be called `title`, too: then it is no text. */
const titleOf = ({ title }: Readonly<Record<string, unknown>>): string | undefined =>
  typeof title === 'string' ? title : undefined

/** `/users/:id` → `/users/{id}` */
export const pathTemplate = (url: string): string => url.replaceAll(/:(\w+)/g, '{$1}')

function operation(spec: Route, path: string) {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const security = securityOf(spec)
  return {
    operationId: operationId(spec.method, path),
    summary: spec.summary,
    tags: [tagOf(spec.url)],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(spec),
    responses: responses(spec, parameters.length > 0),
    ...(security.length > 0 ? { security } : {}),
  }
}

/** `GET /api/v1/apps/{appId}/users` → `getApiV1AppsByAppIdUsers` */
function operationId(method: string, path: string): string {
  const words = path
    .replaceAll('{', 'by-')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
  return method.toLowerCase() + words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('')
}

/** What a path is about: `apps`, `oauth2`, `.well-known`, … */
function tagOf(url: string): string {
  const [, first = '', ...rest] = url.split('/')
  if (first === 'api') return rest[1] ?? first
  return rest.includes('.well-known') ? '.well-known' : first
}

function requestBody({ body, form, upload }: Route) {
  if (upload !== undefined) {
    const properties = { [upload]: { type: 'string', format: 'binary' } }
    const schema = { type: 'object', required: [upload], properties }
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } }
  }
  if (form) {
    const schema = body ?? { type: 'object', additionalProperties: { type: 'string' } }
    return { requestBody: { required: true, content: { 'application/x-www-form-urlencoded': { schema } } } }
  }
  return body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}
}

function securityOf({ permission, cookie }: Route): readonly Readonly<Record<string, readonly string[]>>[] {
  if (permission === undefined) return []
  // The list names what a role must grant.
  const granted = permission === 'authenticated' ? [] : [permission]
  return [{ apiToken: granted }, ...(cookie ? [{ session: granted }] : []), { console: granted }]
}

function responses(spec: Route, hasParameters: boolean) {
  const { body, form, permission, bucket, zone, refuse, answer } = spec
  const isOAuth = refuse !== undefined && (zone === 'token' || zone === 'bearer')
  const error = isOAuth ? 'OAuthError' : refuse !== undefined ? 'Page' : 'Error'
  const refused = (description: string) => ({ $ref: `#/components/responses/${error}`, description })
  return {
    '2XX': {
      description: 'Done as asked.',
      ...(answer ? { content: { 'application/json': { schema: described(answer) } } } : {}),
    },
    ...(body || form || isOAuth ? { '400': refused('What was sent is not valid.') } : {}),
    ...(permission || isOAuth ? { '401': refused('The credential is not valid.') } : {}),
    ...(permission ? { '403': refused('There is no credential, or its roles do not grant this.') } : {}),
    ...(hasParameters ? { '404': refused('There is no such thing in this org.') } : {}),
    ...(bucket === 'unmetered' ? {} : { '429': refused('Too many requests in this minute.') }),
    default: refused('Refused.'),
  }
}

const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` })

const EXPLANATION = {
  type: 'object',
  description: 'Why the call was refused and what mends it; on a public URL of this machine alone, for its developer.',
  required: ['sentence', 'fix'],
  properties: { sentence: { type: 'string' }, fix: { type: ['string', 'null'] } },
}

const COMPONENTS = {
  schemas: {
    Error: {
      type: 'object',
      required: ['errorCode', 'errorSummary', 'errorLink', 'errorId', 'errorCauses'],
      properties: {
        errorCode: { type: 'string', pattern: '^E\\d{7}$' },
        errorSummary: { type: 'string' },
        errorLink: { type: 'string' },
        errorId: { type: 'string' },
        errorCauses: {
          type: 'array',
          items: { type: 'object', required: ['errorSummary'], properties: { errorSummary: { type: 'string' } } },
        },
        keystead_explanation: EXPLANATION,
      },
    },
    OAuthError: {
      type: 'object',
      required: ['error'],
      properties: {
        error: { type: 'string' },
        error_description: { type: 'string' },
        keystead_explanation: EXPLANATION,
      },
    },
  },
  responses: {
    Error: { description: 'Refused.', content: { 'application/json': { schema: schemaRef('Error') } } },
    OAuthError: {
      description: 'Refused (RFC 6749, 5.2).',
      content: { 'application/json': { schema: schemaRef('OAuthError') } },
    },
    Page: { description: 'A page that says why, or a redirect.', content: { 'text/html': {} } },
  },
  securitySchemes: {
    apiToken: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: 'An API token, sent as `SSWS {token}`. It acts with the roles of the person who made it.',
    },
    session: { type: 'apiKey', in: 'cookie', name: 'sid', description: "The session of a person's browser." },
    console: {
      type: 'apiKey',
      in: 'cookie',
      name: 'keystead_console',
      description: 'The session of the Admin Console, for pages of its own origin that send `X-Keystead-Console: 1`.',
    },
  },
} as const

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
