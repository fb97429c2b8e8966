// The settings of an enrolment policy as they are kept, in the words that they came in. Pure. What this product has no factor for can only
// be said not to be allowed.
import { invalid } from '#kernel/refusal.ts'
import { AUTHENTICATOR_KEYS, CLASSIC_KEYS } from './enrollment.ts'
import { type Document, memberOf } from './policy.ts'

const PASSWORD = { authenticator: 'okta_password', factor: 'okta_password' }

/** @throws {Refusal} validation_failed for a factor that is not served, or no factor */
export function enrollmentSettings(sent: Document): Document {
  const { authenticators, factors } = sent
  if (Array.isArray(authenticators) && memberOf(sent, 'factors') === factors)
    throw invalid('settings', 'settings: Authenticators and factors cannot both be named')
  if (typeof factors === 'object' && factors !== null) return { factors: factorsOf(factors as Document) }
  return { type: 'AUTHENTICATORS', authenticators: authenticatorsOf(authenticators) }
}

function authenticatorsOf(sent: unknown): readonly Document[] {
  const list = Array.isArray(sent) ? (sent as readonly Document[]) : []
  const seen = new Set<unknown>()
  for (const { key, enroll } of list) {
    if (seen.has(key)) throw invalid('authenticators', `authenticators: '${String(key)}' is named twice`)
    seen.add(key)
    const isServed = [PASSWORD.authenticator, ...AUTHENTICATOR_KEYS].some((known) => known === key)
    if (!isServed) refuseUnserved('authenticators', String(key), enroll)
  }
  const known = [PASSWORD.authenticator, ...AUTHENTICATOR_KEYS]
  const others = known.filter((key) => !seen.has(key))
  return [
    ...list.map(({ key, enroll }) => ({ key, enroll: { self: selfOf(enroll) } })),
    ...others.map((key) => ({ key, enroll: { self: key === PASSWORD.authenticator ? 'REQUIRED' : 'NOT_ALLOWED' } })),
  ]
}

function factorsOf(sent: Document): Document {
  const entries = Object.keys(sent).map((key) => {
    const { enroll } = memberOf(sent, key)
    const isServed = [PASSWORD.factor, ...CLASSIC_KEYS].some((known) => known === key)
    if (!isServed) refuseUnserved('factors', key, enroll)
    return [key, { enroll: { self: selfOf(enroll) }, consent: { type: 'NONE' } }] as const
  })
  return Object.fromEntries(entries)
}

const selfOf = (enroll: unknown): unknown => memberOf({ enroll }, 'enroll').self ?? 'NOT_ALLOWED'

function refuseUnserved(field: string, key: string, enroll: unknown): void {
  if (selfOf(enroll) !== 'NOT_ALLOWED')
    throw invalid(field, `${field}: '${key}' is not served: only NOT_ALLOWED can be said of it`)
}
