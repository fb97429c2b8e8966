// What a claim of an authorization server may be (spec: 6.3). Pure.
import { parseExpression } from '#expressions/parse.ts'
import { parsePattern } from '#expressions/pattern.ts'
import { invalid, type Refusal } from '#kernel/refusal.ts'
import type { AuthorizationServer, Claim } from './authorization-server.ts'

/** What can be set of a claim; the rest is ours. */
export type ClaimDraft = Omit<Claim, 'id' | 'system'>

/** What the protocol itself says in a token. */
export const RESERVED_CLAIMS: readonly string[] = [
  ...['iss', 'aud', 'sub', 'exp', 'iat', 'nbf', 'jti', 'ver', 'cid', 'uid', 'scp', 'sid', 'nonce', 'auth_time', 'amr'],
  ...['acr', 'azp', 'idp', 'at_hash', 'c_hash', 's_hash', 'cnf', 'act', 'may_act', 'active', 'scope', 'client_id'],
  ...['token_type', 'username', 'device_id'],
]

const NAME_MAX = 255
const VALUE_MAX = 4_000

/** The refusal of a draft, if any. */
export function claimFault(draft: ClaimDraft, server: AuthorizationServer): Refusal | undefined {
  const { name, value, valueType, scopes } = draft
  if (name.trim() === '') return invalid('name', 'name: The field cannot be left blank')
  if (name.length > NAME_MAX) return invalid('name', `name: The field cannot be longer than ${NAME_MAX} characters`)
  if (RESERVED_CLAIMS.includes(name)) return invalid('name', `name: '${name}' is a reserved claim name`)
  if (valueType === 'SYSTEM') return invalid('valueType', "valueType: 'SYSTEM' is for the claims of the platform")
  if (value.trim() === '') return invalid('value', 'value: The field cannot be left blank')
  if (value.length > VALUE_MAX)
    return invalid('value', `value: The field cannot be longer than ${VALUE_MAX} characters`)
  const unknown = scopes.find((scope) => !server.scopes.some((known) => known.name === scope))
  if (unknown !== undefined)
    return invalid('scopes', `conditions.scopes: '${unknown}' is not a scope of this authorization server`)
  return valueType === 'GROUPS' ? filterFault(draft) : expressionFault(draft)
}

function filterFault({ groupFilterType, value }: ClaimDraft): Refusal | undefined {
  if (groupFilterType === undefined)
    return invalid('group_filter_type', 'group_filter_type: The field cannot be left blank')
  if (groupFilterType !== 'REGEX' || parsePattern(value)) return undefined
  return invalid(
    'value',
    'value: The pattern is not supported: characters, classes and their repetition are, groups are not',
  )
}

function expressionFault({ groupFilterType, value }: ClaimDraft): Refusal | undefined {
  if (groupFilterType !== undefined)
    return invalid(
      'group_filter_type',
      "group_filter_type: Only a claim with the value type 'GROUPS' can have a filter",
    )
  const parsed = parseExpression(value)
  return parsed.ok ? undefined : invalid('value', `value: The expression is not valid: ${parsed.fault}`)
}
