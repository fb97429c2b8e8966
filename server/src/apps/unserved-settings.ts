// Settings by which Okta would do something that this server does not do. Taking them silently would promise a protection that is
// not there (a bound token, an encrypted one, a network zone), so they are refused by name; their harmless values pass.
import { invalid } from '#kernel/refusal.ts'

interface Guarded {
  readonly dpop_bound_access_tokens?: boolean | null
  readonly id_token_encrypted_response_alg?: string | null
  readonly network?: { readonly connection?: string | null } | null
  readonly subject_type?: string | null
}

/** @throws {Refusal} validation_failed */
export function refuseUnserved(settings: Guarded): void {
  const refuse = (field: string, sentence: string) => invalid(field, `${field}: ${sentence}`)
  if (settings.dpop_bound_access_tokens === true)
    throw refuse('dpop_bound_access_tokens', 'Access tokens bound to a key are not supported by this server.')
  if ((settings.id_token_encrypted_response_alg ?? undefined) !== undefined)
    throw refuse('id_token_encrypted_response_alg', 'Encrypted ID tokens are not supported by this server.')
  if ((settings.network?.connection ?? 'ANYWHERE') !== 'ANYWHERE')
    throw refuse('network', 'Network zones are not supported by this server.')
  if ((settings.subject_type ?? 'public') !== 'public')
    throw refuse('subject_type', "'subject_type' is invalid. Valid values: [public].")
}
