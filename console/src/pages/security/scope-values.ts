// A scope as its form shows it, and back. Pure. On the wire, `optional` says whether a person may untick it, and a consent of FLEXIBLE
// lets services have it without anybody's consent.
import type { ScopeBody } from '../../api/scopes.ts'
import type { Scope } from '../../api/types.ts'

type UserConsent = 'implicit' | 'optional' | 'required'

export type ScopeFormValues = {
  name: string
  displayName: string
  description: string
  userConsent: UserConsent
  blocksServices: boolean
  isDefault: boolean
  isPublished: boolean
}

export const newScope = (): ScopeFormValues => ({
  name: '',
  displayName: '',
  description: '',
  userConsent: 'implicit',
  blocksServices: false,
  isDefault: false,
  isPublished: false,
})

export const userConsentOf = ({ consent, optional }: Pick<Scope, 'consent' | 'optional'>): UserConsent =>
  consent === 'IMPLICIT' ? 'implicit' : optional ? 'optional' : 'required'

export const toForm = (scope: Scope): ScopeFormValues => ({
  name: scope.name,
  displayName: scope.displayName ?? '',
  description: scope.description ?? '',
  userConsent: userConsentOf(scope),
  blocksServices: scope.consent === 'REQUIRED',
  isDefault: scope.default,
  isPublished: scope.metadataPublish === 'ALL_CLIENTS',
})

export const toRequest = (values: ScopeFormValues): ScopeBody => ({
  name: values.name.trim(),
  displayName: values.displayName.trim() || null,
  description: values.description.trim() || null,
  consent: values.userConsent === 'implicit' ? 'IMPLICIT' : values.blocksServices ? 'REQUIRED' : 'FLEXIBLE',
  optional: values.userConsent === 'optional',
  default: values.isDefault,
  metadataPublish: values.isPublished ? 'ALL_CLIENTS' : 'NO_CLIENTS',
})
