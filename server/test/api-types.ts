// The console's types, written from the description of the API: what a page reads and sends is what the server says it answers and takes.
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

interface Operation {
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>

interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
}

/** What `ApiError` reads on its own. */
const REFUSALS: readonly string[] = ['Error', 'OAuthError']

const JSON_TYPE = 'application/json'
const HEAD = '// Made from the description of the API by `npm run api-types`; a test holds it to be fresh.\n'

/** The text of `console/src/api/types.ts`: an interface for each named schema, and what every operation takes and answers. */
export function apiTypes({ paths, components }: Description): string {
  const named = Object.entries(components.schemas)
    .filter(([name]) => !REFUSALS.includes(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  const schemas = named.map(([name, schema]) => `export type ${name} = ${typeOf(schema)}\n`)
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const body = operation.requestBody?.content[JSON_TYPE]?.schema
      const answer = operation.responses['2XX']?.content?.[JSON_TYPE]?.schema
      const sent = body ? typeOf(body, 2) : 'undefined'
      const got = answer ? typeOf(answer, 2) : 'unknown'
      return `  '${method.toUpperCase()} ${path}': {\n    readonly body: ${sent}\n    readonly answer: ${got}\n  }\n`
    }),
  )
  return `${HEAD}${schemas.join('')}\nexport interface Operations {\n${operations.toSorted().join('')}}\n`
}

function typeOf(schema: Schema, depth = 0): string {
  if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf) return union(schema.anyOf.map((one) => typeOf(one, depth)))
  if (schema.allOf) return schema.allOf.map((one) => typeOf(one, depth)).join(' & ')
  const { type } = schema
  if (Array.isArray(type)) return union(type.map((one: string) => typeOf({ ...schema, type: one }, depth)))
  if (type === 'array') return `readonly (${schema.items ? typeOf(schema.items, depth) : 'unknown'})[]`
  if (type === 'object' || schema.properties) return objectType(schema, depth)
  if (type === 'integer' || type === 'number') return 'number'
  return type === 'string' || type === 'boolean' || type === 'null' ? type : 'unknown'
}

const union = (types: readonly string[]): string => `(${[...new Set(types)].join(' | ')})`

function objectType(
  { properties = {}, required = [], patternProperties, additionalProperties }: Schema,
  depth: number,
): string {
  const indent = '  '.repeat(depth + 1)
  const members = Object.entries(properties).map(([name, schema]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
    return `readonly ${key}${required.includes(name) ? '' : '?'}: ${typeOf(schema, depth + 1)}`
  })
  const values = Object.values(patternProperties ?? {})[0] ?? additionalProperties
  if (typeof values === 'object')
    members.push(`readonly [name: string]: ${members.length > 0 ? 'unknown' : typeOf(values, depth + 1)}`)
  if (members.length === 0) return 'Readonly<Record<string, unknown>>'
  return `{\n${members.map((member) => `${indent}${member}\n`).join('')}${indent.slice(2)}}`
}
