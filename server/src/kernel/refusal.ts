// What a service throws when it will not do what was asked: a stable code and the facts. Status codes and bodies are made of it in
// http/ alone.
export const REFUSAL_CODES = [
  'validation_failed',
  'malformed_body',
  'authentication_failed',
  'invalid_session',
  'forbidden',
  'not_found',
  'path_not_found',
  'invalid_token',
  'credentials_update_failed',
  'password_refused',
  'user_already_active',
  'user_not_locked',
  'method_not_supported',
  'invalid_paging',
  'invalid_search',
  'invalid_filter',
  'unsupported_filter',
  'search_and_filter',
  'operation_not_allowed',
  'wrong_state',
  'recovery_answer_wrong',
  'recovery_unknown_user',
  'passcode_invalid',
  'passcode_replayed',
  'passcode_out_of_window',
  'email_too_soon',
  'change_password_not_allowed',
  'forgot_password_not_allowed',
  'duplicate_label',
  'rate_limited',
  'payload_too_large',
  'unsupported_media_type',
  'app_deletion_forbidden',
  'unsupported_operation',
  'user_already_assigned',
  'role_already_assigned',
  'too_many_groups',
  'inactive_user',
  'password_needed',
  'activation_needed',
  'feature_conflict',
  'origin_refused',
  'unknown_host',
  'unknown_client',
  'overloaded',
  'internal',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]

export interface RefusalFacts {
  /** What the summary names: a field, an object, `Resource not found: … (User)`. */
  readonly subject?: string
  /** One sentence for each cause, in the form `field: sentence` where a field is to blame. */
  readonly causes?: readonly string[]
  /** Causes that are told with a reason and the place to look at. */
  readonly located?: readonly LocatedCause[]
}

export interface LocatedCause {
  readonly sentence: string
  /** A word that programs compare. */
  readonly reason: string
  readonly url: string
}

export class Refusal extends Error {
  readonly code: RefusalCode
  readonly facts: RefusalFacts

  constructor(code: RefusalCode, facts: RefusalFacts = {}, options?: ErrorOptions) {
    super(facts.causes?.[0] ?? facts.subject ?? code, options)
    this.name = 'Refusal'
    this.code = code
    this.facts = facts
  }
}

/** 400 `E0000001`: `subject` is the field or object, each cause a sentence (`{field}: {sentence}`). */
export const invalid = (subject: string, ...causes: readonly string[]): Refusal =>
  new Refusal('validation_failed', { subject, causes })

/** 404 `E0000007` in Okta's words; `type` is Okta's class name, e.g. `User` or `AppInstance`. */
export const notFound = (id: string, type: string): Refusal =>
  new Refusal('not_found', { subject: `Resource not found: ${id} (${type})` })

/** 400 `E0000001` in Okta's words for a value that another object has. */
export const taken = (field: string): Refusal =>
  invalid(field, `${field}: An object with this field already exists in the current organization`)
