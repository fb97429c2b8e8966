// Claims as they come in. What a draft leaves out is as Okta presets it.
import Type, { type Static } from 'typebox'
import { maybe } from '#http/wire.ts'
import type { ClaimDraft } from './claim-draft.ts'

export const ClaimBody = Type.Object({
  name: Type.Optional(Type.String()),
  status: Type.Optional(Type.Union([Type.Literal('ACTIVE'), Type.Literal('INACTIVE')])),
  claimType: Type.Union([Type.Literal('RESOURCE'), Type.Literal('IDENTITY')]),
  valueType: Type.Union([Type.Literal('EXPRESSION'), Type.Literal('GROUPS'), Type.Literal('SYSTEM')]),
  value: maybe(Type.String()),
  group_filter_type: maybe(
    Type.Union([Type.Literal('STARTS_WITH'), Type.Literal('EQUALS'), Type.Literal('CONTAINS'), Type.Literal('REGEX')]),
  ),
  conditions: maybe(Type.Object({ scopes: maybe(Type.Array(Type.String())) })),
  alwaysIncludeInToken: Type.Optional(Type.Boolean()),
})

export const claimFromWire = (body: Static<typeof ClaimBody>): ClaimDraft => ({
  name: body.name ?? '',
  status: body.status ?? 'ACTIVE',
  claimType: body.claimType,
  valueType: body.valueType,
  value: body.value ?? '',
  groupFilterType: body.group_filter_type ?? undefined,
  scopes: [...new Set(body.conditions?.scopes ?? [])],
  // An access token has no other place for them.
  alwaysIncludeInToken: body.claimType === 'RESOURCE' || (body.alwaysIncludeInToken ?? false),
})
