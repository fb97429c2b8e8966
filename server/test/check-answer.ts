// What a route answers is what its schema says: held at every answer that a test gets.
import { Errors } from 'typebox/value'
import type { Answer } from '#http/answer.ts'
import type { Route } from '#http/route.ts'

const SHOWN = 5

/** @throws Error naming the members that differ */
export function checkAnswer({ method, url, answer: schema }: Route, { status, json }: Answer): void {
  if (!schema || status < 200 || status >= 300) return
  const errors = Errors(schema, json)
  if (errors.length === 0) return
  const lines = errors.slice(0, SHOWN).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
  throw new Error(`${method} ${url} answers what its schema does not say: ${lines.join('; ')}`)
}
