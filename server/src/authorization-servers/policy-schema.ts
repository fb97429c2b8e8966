// Access policies and their rules as they come in.
import Type, { type Static } from 'typebox'
import { maybe } from '#http/wire.ts'
import { invalid } from '#kernel/refusal.ts'
import type { RuleDraft } from './access-rule-draft.ts'
import { ALL_CLIENTS, type PolicyDraft } from './policy-draft.ts'

const list = () => Type.Optional(Type.Array(Type.String()))
const Named = Type.Object({ include: list(), exclude: list() })
const minutes = () => Type.Optional(Type.Integer())
const status = () => Type.Optional(Type.Union([Type.Literal('ACTIVE'), Type.Literal('INACTIVE')]))

export const PolicyBody = Type.Object({
  type: Type.Optional(Type.Literal('OAUTH_AUTHORIZATION_POLICY')),
  name: Type.Optional(Type.String()),
  description: maybe(Type.String()),
  priority: Type.Optional(Type.Integer()),
  status: status(),
  conditions: Type.Optional(Type.Object({ clients: Type.Optional(Type.Object({ include: list() })) })),
})

export const policyFromWire = (wire: Static<typeof PolicyBody>): PolicyDraft => ({
  name: wire.name ?? '',
  description: wire.description ?? '',
  priority: wire.priority,
  status: wire.status,
  clients: distinct(wire.conditions?.clients?.include ?? [ALL_CLIENTS]),
})

export const RuleBody = Type.Object({
  type: Type.Optional(Type.Literal('RESOURCE_ACCESS')),
  name: Type.Optional(Type.String()),
  priority: Type.Optional(Type.Integer()),
  status: status(),
  conditions: Type.Optional(
    Type.Object({
      people: Type.Optional(Type.Object({ users: Type.Optional(Named), groups: Type.Optional(Named) })),
      grantTypes: Type.Optional(Type.Object({ include: list() })),
      scopes: Type.Optional(Type.Object({ include: list() })),
    }),
  ),
  actions: Type.Optional(
    Type.Object({
      token: Type.Optional(
        Type.Object({
          accessTokenLifetimeMinutes: minutes(),
          refreshTokenLifetimeMinutes: minutes(),
          refreshTokenWindowMinutes: minutes(),
          inlineHook: Type.Optional(Type.Union([Type.Null(), Type.Object({ id: Type.Optional(Type.String()) })])),
        }),
      ),
    }),
  ),
})

/** @throws {Refusal} validation_failed for what has no place in a draft */
export function ruleFromWire(wire: Static<typeof RuleBody>): RuleDraft {
  const { people, grantTypes, scopes } = wire.conditions ?? {}
  const token = wire.actions?.token
  if (token?.inlineHook?.id !== undefined)
    throw invalid('inlineHook', `inlineHook: '${token.inlineHook.id}' is not the id of a token inline hook`)
  return {
    name: wire.name ?? '',
    priority: wire.priority,
    status: wire.status,
    grantTypes: distinct(grantTypes?.include ?? []),
    scopes: distinct(scopes?.include ?? []),
    users: bothLists(people?.users),
    groups: bothLists(people?.groups),
    accessTokenMinutes: token?.accessTokenLifetimeMinutes ?? 60,
    refreshTokenMinutes: token?.refreshTokenLifetimeMinutes ?? 0,
    refreshTokenWindowMinutes: token?.refreshTokenWindowMinutes ?? 10_080,
  }
}

const bothLists = (wire: Static<typeof Named> = {}) => ({
  include: distinct(wire.include ?? []),
  exclude: distinct(wire.exclude ?? []),
})

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)]
