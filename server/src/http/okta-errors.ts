// Okta's error catalogue for the codes that a refusal can have (spec: 9.2): code on the wire, status, and the summary's words.
import type { RefusalCode } from '#kernel/refusal.ts'

interface OktaError {
  readonly errorCode: string
  readonly status: number
  /** `{0}` is replaced by the refusal's subject. */
  readonly summary: string
}

const error = (errorCode: string, status: number, summary: string): OktaError => ({ errorCode, status, summary })

export const OKTA_ERRORS: Readonly<Record<RefusalCode, OktaError>> = {
  validation_failed: error('E0000001', 400, 'Api validation failed: {0}'),
  malformed_body: error('E0000003', 400, 'The request body was not well-formed.'),
  authentication_failed: error('E0000004', 401, 'Authentication failed'),
  invalid_session: error('E0000005', 403, 'Invalid session'),
  forbidden: error('E0000006', 403, 'You do not have permission to perform the requested action'),
  not_found: error('E0000007', 404, 'Not found: {0}'),
  path_not_found: error('E0000008', 404, 'The requested path was not found'),
  internal: error('E0000009', 500, 'Internal Server Error'),
  overloaded: error('E0000010', 503, 'Service is in read only mode'),
  invalid_token: error('E0000011', 401, 'Invalid token provided'),
  credentials_update_failed: error('E0000014', 403, 'Update of credentials failed'),
  // As Okta has it, with the word that is missing.
  password_refused: error(
    'E0000014',
    403,
    'The password does meet the complexity requirements of the current password policy.',
  ),
  user_already_active: error('E0000016', 403, 'Activation failed because the user is already active'),
  unsupported_media_type: error(
    'E0000021',
    400,
    'Bad request. Accept and/or Content-Type headers likely do not match supported values.',
  ),
  method_not_supported: error('E0000022', 405, 'The endpoint does not support the provided HTTP method'),
  invalid_paging: error('E0000029', 400, 'Invalid paging request.'),
  invalid_search: error('E0000031', 400, 'Invalid search criteria.'),
  user_not_locked: error('E0000032', 403, 'Unlock is not allowed for this user.'),
  search_and_filter: error(
    'E0000033',
    400,
    "Bad request. Can't specify a search query and filter in the same request.",
  ),
  forgot_password_not_allowed: error('E0000034', 403, 'Forgot password not allowed on specified user.'),
  change_password_not_allowed: error('E0000035', 403, 'Change password not allowed on specified user.'),
  operation_not_allowed: error('E0000038', 403, "This operation is not allowed in the user's current status."),
  duplicate_label: error('E0000040', 400, 'Application label must not be the same as an existing application label.'),
  rate_limited: error('E0000047', 429, 'API call exceeded rate limit due to too many requests.'),
  recovery_answer_wrong: error('E0000087', 403, 'The recovery question answer did not match our records.'),
  recovery_unknown_user: error('E0000095', 403, 'Recovery not allowed for unknown user.'),
  wrong_state: error('E0000079', 403, 'This operation is not allowed in the current authentication state.'),
  invalid_filter: error('E0000053', 400, "Invalid filter '{0}'"),
  app_deletion_forbidden: error('E0000056', 403, 'Delete application forbidden.'),
  unsupported_operation: error('E0000060', 501, 'Unsupported operation.'),
  user_already_assigned: error('E0000062', 409, 'The specified user is already assigned to the application.'),
  passcode_invalid: error('E0000068', 403, 'Invalid Passcode/Answer'),
  passcode_replayed: error(
    'E0000082',
    403,
    'Each code can only be used once. Please wait for a new code and try again.',
  ),
  passcode_out_of_window: error('E0000083', 403, 'PassCode is valid but exceeded time window.'),
  role_already_assigned: error('E0000090', 409, 'The role specified is already assigned to the user.'),
  too_many_groups: error('E0000093', 400, 'Target count limit exceeded'),
  unsupported_filter: error('E0000094', 400, 'The provided filter is unsupported.'),
  inactive_user: error('E0000117', 403, 'Cannot assign apps or update app profiles for an inactive user.'),
  email_too_soon: error(
    'E0000118',
    429,
    'An email was recently sent. Please wait 5 seconds before requesting another one.',
  ),
  password_needed: error(
    'E0000124',
    400,
    'Could not create user. To create a user and expire their password immediately, a password must be specified',
  ),
  activation_needed: error(
    'E0000125',
    400,
    'Could not create user. To create a user and expire their password immediately, "activate" must be true',
  ),
  feature_conflict: error(
    'E0000141',
    400,
    'Feature cannot be enabled or disabled due to dependencies/dependents conflicts.',
  ),
  origin_refused: error('E0000212', 403, 'Origin validation failed'),
  payload_too_large: error('E0000003', 413, 'The request body is too large.'),
  unknown_client: error('invalid_client', 400, "Invalid value for 'client_id' parameter."),
  unknown_host: error('E0000008', 421, 'No organization answers to this host name.'),
}
