// The grants that a rule can name, as administrators know them.
export const CORE_GRANTS = {
  client_credentials: 'Client Credentials',
  authorization_code: 'Authorization Code',
} as const

/** Rules may name them, so that what was made for Okta can be brought along. */
export const UNSERVED_GRANTS = {
  implicit: 'Implicit (hybrid)',
  password: 'Resource Owner Password',
  interaction_code: 'Interaction Code',
  'urn:ietf:params:oauth:grant-type:device_code': 'Device Authorization',
  'urn:ietf:params:oauth:grant-type:token-exchange': 'Token Exchange',
  'urn:ietf:params:oauth:grant-type:saml2-bearer': 'SAML 2.0 Assertion',
  'urn:ietf:params:oauth:grant-type:jwt-bearer': 'JWT Bearer Assertion',
  'urn:openid:params:grant-type:ciba': 'Client-initiated backchannel authentication (CIBA)',
  'urn:okta:params:oauth:grant-type:otp': 'OTP',
  'urn:okta:params:oauth:grant-type:oob': 'OOB',
  'http://auth0.com/oauth/grant-type/mfa-otp': 'MFA OTP',
  'http://auth0.com/oauth/grant-type/mfa-oob': 'MFA OOB',
} as const

const LABELS: Readonly<Record<string, string>> = { ...CORE_GRANTS, ...UNSERVED_GRANTS }

export const grantLabel = (grant: string): string => LABELS[grant] ?? grant
