// A claim as its form shows it, and back. Pure.
import type { ClaimBody } from '../../api/claims.ts'
import type { Claim } from '../../api/types.ts'

export const FILTER_LABELS = {
  STARTS_WITH: 'Starts with',
  EQUALS: 'Equals',
  CONTAINS: 'Contains',
  REGEX: 'Matches regex',
} as const
type FilterType = keyof typeof FILTER_LABELS

export type ClaimFormValues = {
  name: string
  claimType: Claim['claimType']
  /** An ID token may leave it to userinfo. */
  inclusion: 'always' | 'request'
  valueType: 'EXPRESSION' | 'GROUPS'
  value: string
  filterType: FilterType
  isDisabled: boolean
  reach: 'any' | 'named'
  scopes: string[]
}

export const newClaim = (): ClaimFormValues => ({
  name: '',
  claimType: 'RESOURCE',
  inclusion: 'always',
  valueType: 'EXPRESSION',
  value: '',
  filterType: 'STARTS_WITH',
  isDisabled: false,
  reach: 'any',
  scopes: [],
})

export const toForm = (claim: Claim): ClaimFormValues => ({
  name: claim.name,
  claimType: claim.claimType,
  inclusion: claim.alwaysIncludeInToken ? 'always' : 'request',
  valueType: claim.valueType === 'GROUPS' ? 'GROUPS' : 'EXPRESSION',
  value: claim.value ?? '',
  filterType: claim.group_filter_type ?? 'STARTS_WITH',
  isDisabled: claim.status === 'INACTIVE',
  reach: claim.conditions.scopes.length > 0 ? 'named' : 'any',
  scopes: [...claim.conditions.scopes],
})

export const toRequest = (values: ClaimFormValues): ClaimBody => ({
  name: values.name.trim(),
  status: values.isDisabled ? 'INACTIVE' : 'ACTIVE',
  claimType: values.claimType,
  valueType: values.valueType,
  value: values.value,
  ...(values.valueType === 'GROUPS' ? { group_filter_type: values.filterType } : {}),
  conditions: { scopes: values.reach === 'any' ? [] : values.scopes },
  alwaysIncludeInToken: values.claimType === 'RESOURCE' || values.inclusion === 'always',
})
