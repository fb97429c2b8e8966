// Made from the description of the API by `npm run api-types`; a test holds it to be fresh.
export type AccessPolicy = {
  readonly type: "OAUTH_AUTHORIZATION_POLICY"
  readonly id: string
  readonly status: "ACTIVE" | "INACTIVE"
  readonly name: string
  readonly description: (string | null)
  readonly priority: number
  readonly system: boolean
  readonly conditions: {
    readonly clients: {
      readonly include: readonly (string)[]
    }
  }
  readonly created: string
  readonly lastUpdated: string
}
export type AccessRule = {
  readonly type: "RESOURCE_ACCESS"
  readonly id: string
  readonly status: "ACTIVE" | "INACTIVE"
  readonly name: string
  readonly priority: number
  readonly created: string
  readonly lastUpdated: string
  readonly system: boolean
  readonly conditions: {
    readonly people: {
      readonly users: {
        readonly include: readonly (string)[]
        readonly exclude: readonly (string)[]
      }
      readonly groups: {
        readonly include: readonly (string)[]
        readonly exclude: readonly (string)[]
      }
    }
    readonly grantTypes: {
      readonly include: readonly (string)[]
    }
    readonly scopes: {
      readonly include: readonly (string)[]
    }
  }
  readonly actions: {
    readonly token: {
      readonly accessTokenLifetimeMinutes: number
      readonly refreshTokenLifetimeMinutes: number
      readonly refreshTokenWindowMinutes: number
    }
  }
}
export type Activation = {
  readonly activationUrl?: string
  readonly activationToken?: string
}
export type ApiToken = {
  readonly id: string
  readonly name: string
  readonly userId: string
  readonly clientName: string
  readonly tokenWindow: string
  readonly network: {
    readonly connection: string
  }
  readonly expiresAt: string
  readonly created: string
  readonly lastUpdated: string
}
export type App = {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly status: string
  readonly created: string
  readonly lastUpdated: string
  readonly visibility: {
    readonly hide: {
      readonly iOS: boolean
      readonly web: boolean
    }
  }
  readonly credentials: {
    readonly userNameTemplate: {
      readonly template: string
      readonly type: string
    }
    readonly oauthClient: {
      readonly client_id: string
      readonly client_secret?: string
      readonly token_endpoint_auth_method: "none" | "client_secret_basic" | "client_secret_post" | "client_secret_jwt" | "private_key_jwt"
      readonly pkce_required: boolean
    }
  }
  readonly settings: {
    readonly implicitAssignment: boolean
    readonly oauthClient: {
      readonly application_type: "web" | "browser" | "native" | "service"
      readonly grant_types: readonly (string)[]
      readonly response_types: readonly (string)[]
      readonly redirect_uris: readonly (string)[]
      readonly post_logout_redirect_uris?: readonly (string)[]
      readonly wildcard_redirect: string
      readonly initiate_login_uri?: (string | null)
      readonly client_uri?: (string | null)
      readonly logo_uri?: (string | null)
      readonly tos_uri?: (string | null)
      readonly policy_uri?: (string | null)
      readonly jwks_uri?: (string | null)
      readonly consent_method: string
      readonly issuer_mode: string
      readonly refresh_token?: {
        readonly rotation_type: string
        readonly leeway?: number
      }
      readonly idp_initiated_login: {
        readonly mode: string
        readonly default_scope: readonly (string)[]
      }
    }
  }
  readonly _embedded?: {
    readonly user: {
      readonly scope: ("USER" | "GROUP")
      readonly _links: {
        readonly group?: {
          readonly name: string
        }
      }
    }
  }
  readonly _links: {
    readonly logo: readonly ({
      readonly name: string
      readonly href: string
      readonly type: string
    })[]
    readonly accessPolicy?: {
      readonly href: string
    }
  }
}
export type AppGroup = {
  readonly id: string
  readonly lastUpdated: string
  readonly priority: number
  readonly _embedded?: {
    readonly group: {
      readonly id: string
      readonly profile: {
        readonly name: string
      }
    }
  }
}
export type AppLink = {
  readonly id: string
  readonly label: string
  readonly linkUrl: string
  readonly logoUrl: string
  readonly appName: string
  readonly appInstanceId: string
  readonly appAssignmentId: string
  readonly credentialsSetup: boolean
  readonly hidden: boolean
  readonly sortOrder: number
}
export type AppUser = {
  readonly id: string
  readonly created: string
  readonly lastUpdated: string
  readonly scope: ("USER" | "GROUP")
  readonly credentials: {
    readonly userName: string
  }
  readonly _embedded?: {
    readonly user: {
      readonly id: string
      readonly status: string
      readonly profile: {
        readonly firstName?: (string | null)
        readonly lastName?: (string | null)
      }
    }
  }
}
export type Authenticator = {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly type: "password" | "email" | "security_question" | "app" | "security_key"
  readonly status: "ACTIVE"
  readonly created: string
  readonly lastUpdated: string
  readonly settings?: {
    readonly allowedFor: string
    readonly tokenLifetimeInMinutes?: number
  }
}
export type AuthorizationServer = {
  readonly id: string
  readonly name: string
  readonly description: (string | null)
  readonly audiences: readonly (string)[]
  readonly issuer: string
  readonly issuerMode: "ORG_URL" | "DYNAMIC"
  readonly status: "ACTIVE" | "INACTIVE"
  readonly created: string
  readonly lastUpdated: string
  readonly credentials: {
    readonly signing: {
      readonly kid?: string
      readonly rotationMode: "AUTO" | "MANUAL"
      readonly lastRotated?: string
      readonly nextRotation?: string
    }
  }
  readonly default: boolean
  readonly _links: {
    readonly metadata: readonly ({
      readonly name: string
      readonly href: string
    })[]
    readonly self: {
      readonly href: string
    }
  }
}
export type Claim = {
  readonly id: string
  readonly name: string
  readonly status: "ACTIVE" | "INACTIVE"
  readonly claimType: "RESOURCE" | "IDENTITY"
  readonly valueType: "EXPRESSION" | "GROUPS" | "SYSTEM"
  readonly value?: string
  readonly conditions: {
    readonly scopes: readonly (string)[]
  }
  readonly system: boolean
  readonly alwaysIncludeInToken: boolean
  readonly group_filter_type?: "STARTS_WITH" | "EQUALS" | "CONTAINS" | "REGEX"
}
export type ClientKey = {
  readonly id: string
  readonly kid: (string | null)
  readonly use: (string | null)
  readonly kty: string
  readonly status: ("ACTIVE" | "INACTIVE")
  readonly created: string
  readonly lastUpdated: string
}
export type ClientSecret = {
  readonly id: string
  readonly created: string
  readonly lastUpdated: string
  readonly status: ("ACTIVE" | "INACTIVE")
  readonly client_secret?: string
  readonly secret_hash: string
}
export type Counts = {
  readonly apps?: {
    readonly active: number
    readonly inactive: number
  }
  readonly users?: {
    readonly total: number
    readonly byStatus: {
      readonly [name: string]: number
    }
  }
  readonly groups?: number
  readonly refusedLastDay?: number
}
export type CreatedApiToken = {
  readonly id: string
  readonly name: string
  readonly userId: string
  readonly clientName: string
  readonly tokenWindow: string
  readonly network: {
    readonly connection: string
  }
  readonly expiresAt: string
  readonly created: string
  readonly lastUpdated: string
  readonly token: string
}
export type Difference = {
  readonly registered: string
  readonly marks: readonly ({
    readonly kind: "scheme" | "host" | "port" | "path" | "trailing-slash" | "case" | "query" | "fragment"
    readonly sent: string
    readonly registered: string
  })[]
}
export type Feature = {
  readonly id: string
  readonly type: string
  readonly status: ("ENABLED" | "DISABLED")
  readonly name: string
  readonly description: string
  readonly stage: {
    readonly value: ("EA" | "BETA")
    readonly state?: string
  }
  readonly _links: {
    readonly self: {
      readonly href: string
    }
    readonly dependents: {
      readonly href: string
    }
    readonly dependencies: {
      readonly href: string
    }
  }
}
export type Group = {
  readonly id: string
  readonly created: string
  readonly lastUpdated: string
  readonly lastMembershipUpdated: string
  readonly type: "OKTA_GROUP" | "BUILT_IN" | "APP_GROUP"
  readonly profile: {
    readonly name: string
    readonly description?: (string | null)
  }
  readonly _embedded?: {
    readonly stats: {
      readonly usersCount: number
      readonly appsCount: number
    }
  }
}
export type KeptMail = {
  readonly id: string
  readonly kind: "forgot-password" | "password-changed" | "activation" | "unlock-account" | "account-locked" | "email-code" | "email-enroll-code" | "factor-enrolled" | "factor-reset" | "test"
  readonly to: string
  readonly subject: string
  readonly created: string
  readonly html: string
  readonly text: string
  readonly links: readonly (string)[]
}
export type LogEvent = {
  readonly uuid: string
  readonly published: string
  readonly eventType: string
  readonly severity: "DEBUG" | "INFO" | "WARN" | "ERROR"
  readonly displayMessage: string
  readonly actor: {
    readonly id: string
    readonly type: string
    readonly alternateId: string
    readonly displayName: string
  }
  readonly client: {
    readonly ipAddress: (string | null)
    readonly userAgent: {
      readonly rawUserAgent: string
      readonly os: string
      readonly browser: string
    }
  }
  readonly authenticationContext: {
    readonly externalSessionId: string
  }
  readonly outcome: {
    readonly result: "SUCCESS" | "FAILURE" | "ALLOW" | "DENY" | "CHALLENGE" | "SKIPPED" | "RATE_LIMIT" | "UNKNOWN"
    readonly reason: (string | null)
  }
  readonly target: (readonly (LogTarget)[] | null)
  readonly transaction: {
    readonly id: string
    readonly detail: {
      readonly [name: string]: string
    }
  }
  readonly debugContext: {
    readonly debugData: {
      readonly [name: string]: string
    }
  }
}
export type LogHistogram = {
  readonly since: string
  readonly until: string
  readonly bucketWidth: number
  readonly countedUntil: (string | null)
  readonly buckets: readonly ({
    readonly from: string
    readonly total: number
    readonly severity: {
      readonly DEBUG?: number
      readonly INFO?: number
      readonly WARN?: number
      readonly ERROR?: number
    }
    readonly outcome: {
      readonly SUCCESS?: number
      readonly FAILURE?: number
      readonly ALLOW?: number
      readonly DENY?: number
      readonly CHALLENGE?: number
      readonly SKIPPED?: number
      readonly RATE_LIMIT?: number
      readonly UNKNOWN?: number
    }
  })[]
}
export type LogTarget = {
  readonly id: string
  readonly type: string
  readonly alternateId: string
  readonly displayName: string
}
export type MailTemplate = {
  readonly kind: "forgot-password" | "password-changed" | "activation" | "unlock-account" | "account-locked" | "email-code" | "email-enroll-code" | "factor-enrolled" | "factor-reset" | "test"
  readonly language: string
  readonly custom: boolean
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly variables: readonly (string)[]
  readonly required: readonly (string)[]
  readonly lastUpdated: (string | null)
}
export type MailboxEntry = {
  readonly id: string
  readonly kind: "forgot-password" | "password-changed" | "activation" | "unlock-account" | "account-locked" | "email-code" | "email-enroll-code" | "factor-enrolled" | "factor-reset" | "test"
  readonly to: string
  readonly subject: string
  readonly created: string
}
export type PasswordReset = {
  readonly resetPasswordUrl?: string
}
export type Policy = {
  readonly id: string
  readonly type: "OKTA_SIGN_ON" | "PASSWORD" | "MFA_ENROLL" | "ACCESS_POLICY" | "PROFILE_ENROLLMENT" | "IDP_DISCOVERY"
  readonly name: string
  readonly description: (string | null)
  readonly status: "ACTIVE" | "INACTIVE"
  readonly priority: number
  readonly system: boolean
  readonly conditions: ({
    readonly people?: {
      readonly users?: {
        readonly include?: readonly (string)[]
        readonly exclude?: readonly (string)[]
      }
      readonly groups?: {
        readonly include?: readonly (string)[]
        readonly exclude?: readonly (string)[]
      }
    }
  } | null)
  readonly settings?: {
    readonly password?: {
      readonly complexity: {
        readonly minLength: number
        readonly minLowerCase: number
        readonly minUpperCase: number
        readonly minNumber: number
        readonly minSymbol: number
        readonly excludeUsername: boolean
        readonly excludeAttributes: readonly (string)[]
        readonly dictionary: {
          readonly common: {
            readonly exclude: boolean
          }
        }
      }
      readonly age: {
        readonly maxAgeDays: number
        readonly expireWarnDays: number
        readonly minAgeMinutes: number
        readonly historyCount: number
      }
      readonly lockout: {
        readonly maxAttempts: number
        readonly autoUnlockMinutes: number
        readonly userLockoutNotificationChannels: readonly ("EMAIL")[]
        readonly showLockoutFailures: boolean
      }
    }
    readonly recovery?: {
      readonly factors: {
        readonly okta_email: {
          readonly status: "ACTIVE" | "INACTIVE"
          readonly properties: {
            readonly recoveryToken: {
              readonly tokenLifetimeMinutes: number
            }
          }
        }
        readonly recovery_question: {
          readonly status: "ACTIVE" | "INACTIVE"
          readonly properties: {
            readonly complexity: {
              readonly minLength: number
            }
          }
        }
      }
    }
    readonly delegation?: {
      readonly options: {
        readonly skipUnlock: boolean
      }
    }
    readonly authenticators?: readonly ({
      readonly key: string
      readonly enroll: {
        readonly self: "REQUIRED" | "OPTIONAL" | "NOT_ALLOWED"
      }
    })[]
    readonly factors?: {
      readonly [name: string]: {
        readonly enroll: {
          readonly self: "REQUIRED" | "OPTIONAL" | "NOT_ALLOWED"
        }
      }
    }
  }
  readonly _embedded?: {
    readonly rules?: readonly (PolicyRule)[]
  }
}
export type PolicyRule = {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly status: "ACTIVE" | "INACTIVE"
  readonly priority: number
  readonly system: boolean
  readonly conditions: ({
    readonly people?: {
      readonly users?: {
        readonly include?: readonly (string)[]
        readonly exclude?: readonly (string)[]
      }
      readonly groups?: {
        readonly include?: readonly (string)[]
        readonly exclude?: readonly (string)[]
      }
    }
    readonly authContext?: {
      readonly authType: "ANY" | "RADIUS" | "LDAP_INTERFACE"
    }
  } | null)
  readonly actions: {
    readonly signon?: {
      readonly access: "ALLOW" | "DENY"
      readonly requireFactor: boolean
      readonly factorPromptMode?: "ALWAYS" | "DEVICE" | "SESSION"
      readonly factorLifetime?: number
      readonly primaryFactor: "PASSWORD_IDP" | "PASSWORD_IDP_ANY_FACTOR"
      readonly rememberDeviceByDefault: boolean
      readonly session: {
        readonly usePersistentCookie: boolean
        readonly maxSessionIdleMinutes: number
        readonly maxSessionLifetimeMinutes: number
      }
    }
    readonly passwordChange?: {
      readonly access: "ALLOW" | "DENY"
    }
    readonly selfServicePasswordReset?: {
      readonly access: "ALLOW" | "DENY"
      readonly requirement?: {
        readonly primary: {
          readonly methods: readonly (string)[]
        }
        readonly stepUp: {
          readonly required: boolean
          readonly methods?: readonly (string)[]
        }
        readonly accessControl: string
      }
    }
    readonly selfServiceUnlock?: {
      readonly access: "ALLOW" | "DENY"
    }
    readonly enroll?: {
      readonly self: "LOGIN" | "CHALLENGE" | "NEVER"
    }
  }
}
export type RefreshToken = {
  readonly id: string
  readonly status: string
  readonly created: string
  readonly lastUpdated: string
  readonly expiresAt: (string | null)
  readonly issuer: string
  readonly clientId: string
  readonly userId: string
  readonly scopes: readonly (string)[]
}
export type RefusedRequest = {
  readonly id: string
  readonly reason: "unknown-client-id" | "unknown-redirect-uri" | "unknown-post-logout-redirect-uri" | "origin-not-registered" | "origin-not-trusted" | "redirect-not-trusted" | "frame-not-trusted" | "grant-not-allowed" | "grant-not-served" | "pkce-missing" | "user-not-assigned" | "wrong-client-type" | "wrong-client-authentication"
  readonly sentence: string
  readonly resolved: boolean
  readonly app: ({
    readonly id: string
    readonly label: string
    readonly clientId: string
  } | null)
  readonly endpoint: string
  readonly sent: {
    readonly name: string
    readonly value: string
    readonly whole: boolean
  }
  readonly registered: readonly (string)[]
  readonly differences: readonly (Difference)[]
  readonly user: ({
    readonly id: string
    readonly login: string
  } | null)
  readonly count: number
  readonly firstSeen: string
  readonly lastSeen: string
  readonly ip: string
  readonly userAgent: string
  readonly fix: (RefusedRequestFix | null)
}
export type RefusedRequestFix = {
  readonly kind: "add-redirect-uri" | "add-post-logout-redirect-uri" | "trust-origin" | "allow-grant" | "assign-user" | "activate-app"
  readonly title: string
  readonly warning: (string | null)
  readonly method: "POST" | "PUT"
  readonly path: string
  readonly body: (Readonly<Record<string, unknown>> | null)
  readonly before: readonly (string)[]
  readonly after: readonly (string)[]
}
export type Role = {
  readonly id: string
  readonly label: string
  readonly type: string
  readonly created: string
  readonly lastUpdated: string
  readonly assignmentType: string
}
export type Scope = {
  readonly id: string
  readonly name: string
  readonly displayName: (string | null)
  readonly description: (string | null)
  readonly system: boolean
  readonly default: boolean
  readonly metadataPublish: "ALL_CLIENTS" | "NO_CLIENTS"
  readonly consent: "IMPLICIT" | "REQUIRED" | "FLEXIBLE"
  readonly optional: boolean
}
export type Self = {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly firstName: string
  readonly roles: readonly (string)[]
  readonly permissions: readonly (string)[]
  readonly org: {
    readonly id: string
    readonly name: string
    readonly subdomain: string
    readonly url: string
  }
  readonly development: boolean
  readonly mail: "smtp" | "mailbox" | "none"
  readonly session: ({
    readonly expiresAt: string
    readonly idleExpiresAt: string
  } | null)
}
export type SigningKey = {
  readonly kid: string
  readonly kty: string
  readonly alg: string
  readonly status: "NEXT" | "ACTIVE" | "EXPIRED"
}
export type TemporaryPassword = {
  readonly tempPassword: string
}
export type TestMail = {
  readonly to: string
}
export type TokenClient = {
  readonly client_id: string
  readonly client_name: string
}
export type TokenPreview = {
  readonly accessToken: {
    readonly header: {
      readonly alg: string
      readonly kid: string
    }
    readonly payload: {
      readonly [name: string]: unknown
    }
  }
  readonly idToken: ({
    readonly header: {
      readonly alg: string
      readonly kid: string
    }
    readonly payload: {
      readonly [name: string]: unknown
    }
  } | null)
  readonly userinfo: ({
    readonly [name: string]: unknown
  } | null)
  readonly policy: ({
    readonly id: string
    readonly name: string
  } | null)
  readonly rule: ({
    readonly id: string
    readonly name: string
  } | null)
}
export type TrustedOrigin = {
  readonly id: string
  readonly name: string
  readonly origin: string
  readonly scopes: readonly ({
    readonly type: "CORS" | "REDIRECT" | "IFRAME_EMBED"
    readonly allowedOktaApps?: readonly ("OKTA_ENDUSER")[]
  })[]
  readonly status: "ACTIVE" | "INACTIVE"
  readonly created: string
  readonly createdBy: string
  readonly lastUpdated: string
  readonly lastUpdatedBy: string
}
export type User = {
  readonly id: string
  readonly status: "STAGED" | "PROVISIONED" | "ACTIVE" | "RECOVERY" | "PASSWORD_EXPIRED" | "LOCKED_OUT" | "SUSPENDED" | "DEPROVISIONED"
  readonly created: string
  readonly activated: (string | null)
  readonly statusChanged: (string | null)
  readonly lastLogin: (string | null)
  readonly lastUpdated: string
  readonly passwordChanged: (string | null)
  readonly profile: {
    readonly login: string
  } & {
    readonly [name: string]: unknown
  }
  readonly credentials: {
    readonly password?: Readonly<Record<string, unknown>>
    readonly provider: {
      readonly type: string
      readonly name: string
    }
  }
  readonly _links: {
    readonly [name: string]: {
      readonly href: string
    }
  }
}
export type UserFactor = {
  readonly id: string
  readonly factorType: "token:software:totp" | "webauthn" | "email" | "question"
  readonly provider: string
  readonly vendorName: string
  readonly status: "PENDING_ACTIVATION" | "ACTIVE"
  readonly created: string
  readonly lastUpdated: string
  readonly profile: {
    readonly [name: string]: unknown
  }
  readonly _embedded?: {
    readonly [name: string]: unknown
  }
  readonly _links: {
    readonly [name: string]: ({
      readonly href: string
    } | readonly ({
      readonly href: string
    })[])
  }
}

export interface Operations {
  'DELETE /api/v1/api-tokens/current': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/api-tokens/{id}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/apps/{appId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/apps/{appId}/credentials/jwks/{id}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/apps/{appId}/credentials/secrets/{id}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/apps/{appId}/groups/{groupId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/apps/{appId}/tokens': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/apps/{appId}/tokens/{tokenId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/apps/{appId}/users/{userId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/authorizationServers/{serverId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/authorizationServers/{serverId}/claims/{id}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/authorizationServers/{serverId}/clients/{clientId}/tokens': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/authorizationServers/{serverId}/clients/{clientId}/tokens/{tokenId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/authorizationServers/{serverId}/policies/{policyId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/authorizationServers/{serverId}/policies/{policyId}/rules/{ruleId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/authorizationServers/{serverId}/scopes/{id}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/groups/{id}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/groups/{id}/users/{userId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/keystead/mail-templates/{kind}/{language}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/keystead/mailbox': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/keystead/refused-requests/{id}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/policies/{policyId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/policies/{policyId}/rules/{ruleId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/sessions/me': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/sessions/{id}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/trustedOrigins/{id}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/users/{id}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/users/{id}/sessions': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/users/{userId}/clients/{clientId}/grants': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/users/{userId}/clients/{clientId}/tokens': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/users/{userId}/clients/{clientId}/tokens/{tokenId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/users/{userId}/factors/{factorId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/users/{userId}/grants': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/users/{userId}/grants/{grantId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'DELETE /api/v1/users/{userId}/roles/{id}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /.well-known/oauth-authorization-server': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /.well-known/oauth-authorization-server/oauth2/{server}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /.well-known/openapi.json': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /.well-known/openid-configuration': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /api/v1/api-tokens': {
    readonly body: undefined
    readonly answer: readonly (ApiToken)[]
  }
  'GET /api/v1/api-tokens/{id}': {
    readonly body: undefined
    readonly answer: ApiToken
  }
  'GET /api/v1/apps': {
    readonly body: undefined
    readonly answer: readonly (App)[]
  }
  'GET /api/v1/apps/{appId}': {
    readonly body: undefined
    readonly answer: App
  }
  'GET /api/v1/apps/{appId}/credentials/jwks': {
    readonly body: undefined
    readonly answer: readonly (ClientKey)[]
  }
  'GET /api/v1/apps/{appId}/credentials/jwks/{id}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /api/v1/apps/{appId}/credentials/secrets': {
    readonly body: undefined
    readonly answer: readonly (ClientSecret)[]
  }
  'GET /api/v1/apps/{appId}/credentials/secrets/{id}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /api/v1/apps/{appId}/groups': {
    readonly body: undefined
    readonly answer: readonly (AppGroup)[]
  }
  'GET /api/v1/apps/{appId}/groups/{groupId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /api/v1/apps/{appId}/tokens': {
    readonly body: undefined
    readonly answer: readonly (RefreshToken)[]
  }
  'GET /api/v1/apps/{appId}/tokens/{tokenId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /api/v1/apps/{appId}/users': {
    readonly body: undefined
    readonly answer: readonly (AppUser)[]
  }
  'GET /api/v1/apps/{appId}/users/{userId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /api/v1/authenticators': {
    readonly body: undefined
    readonly answer: readonly (Authenticator)[]
  }
  'GET /api/v1/authenticators/{id}': {
    readonly body: undefined
    readonly answer: Authenticator
  }
  'GET /api/v1/authorizationServers': {
    readonly body: undefined
    readonly answer: readonly (AuthorizationServer)[]
  }
  'GET /api/v1/authorizationServers/{serverId}': {
    readonly body: undefined
    readonly answer: AuthorizationServer
  }
  'GET /api/v1/authorizationServers/{serverId}/claims': {
    readonly body: undefined
    readonly answer: readonly (Claim)[]
  }
  'GET /api/v1/authorizationServers/{serverId}/claims/{id}': {
    readonly body: undefined
    readonly answer: Claim
  }
  'GET /api/v1/authorizationServers/{serverId}/clients': {
    readonly body: undefined
    readonly answer: readonly (TokenClient)[]
  }
  'GET /api/v1/authorizationServers/{serverId}/clients/{clientId}/tokens': {
    readonly body: undefined
    readonly answer: readonly (RefreshToken)[]
  }
  'GET /api/v1/authorizationServers/{serverId}/clients/{clientId}/tokens/{tokenId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /api/v1/authorizationServers/{serverId}/credentials/keys': {
    readonly body: undefined
    readonly answer: readonly (SigningKey)[]
  }
  'GET /api/v1/authorizationServers/{serverId}/credentials/keys/{kid}': {
    readonly body: undefined
    readonly answer: SigningKey
  }
  'GET /api/v1/authorizationServers/{serverId}/policies': {
    readonly body: undefined
    readonly answer: readonly (AccessPolicy)[]
  }
  'GET /api/v1/authorizationServers/{serverId}/policies/{policyId}': {
    readonly body: undefined
    readonly answer: AccessPolicy
  }
  'GET /api/v1/authorizationServers/{serverId}/policies/{policyId}/rules': {
    readonly body: undefined
    readonly answer: readonly (AccessRule)[]
  }
  'GET /api/v1/authorizationServers/{serverId}/policies/{policyId}/rules/{ruleId}': {
    readonly body: undefined
    readonly answer: AccessRule
  }
  'GET /api/v1/authorizationServers/{serverId}/scopes': {
    readonly body: undefined
    readonly answer: readonly (Scope)[]
  }
  'GET /api/v1/authorizationServers/{serverId}/scopes/{id}': {
    readonly body: undefined
    readonly answer: Scope
  }
  'GET /api/v1/features': {
    readonly body: undefined
    readonly answer: readonly (Feature)[]
  }
  'GET /api/v1/features/{id}': {
    readonly body: undefined
    readonly answer: Feature
  }
  'GET /api/v1/features/{id}/dependencies': {
    readonly body: undefined
    readonly answer: readonly (Feature)[]
  }
  'GET /api/v1/features/{id}/dependents': {
    readonly body: undefined
    readonly answer: readonly (Feature)[]
  }
  'GET /api/v1/groups': {
    readonly body: undefined
    readonly answer: readonly (Group)[]
  }
  'GET /api/v1/groups/{groupId}/apps': {
    readonly body: undefined
    readonly answer: readonly (App)[]
  }
  'GET /api/v1/groups/{id}': {
    readonly body: undefined
    readonly answer: Group
  }
  'GET /api/v1/groups/{id}/users': {
    readonly body: undefined
    readonly answer: readonly (User)[]
  }
  'GET /api/v1/keystead/counts': {
    readonly body: undefined
    readonly answer: Counts
  }
  'GET /api/v1/keystead/logs.csv': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /api/v1/keystead/logs/histogram': {
    readonly body: undefined
    readonly answer: LogHistogram
  }
  'GET /api/v1/keystead/mail-templates': {
    readonly body: undefined
    readonly answer: readonly (MailTemplate)[]
  }
  'GET /api/v1/keystead/mail-templates/{kind}/{language}': {
    readonly body: undefined
    readonly answer: MailTemplate
  }
  'GET /api/v1/keystead/mailbox': {
    readonly body: undefined
    readonly answer: readonly (MailboxEntry)[]
  }
  'GET /api/v1/keystead/mailbox/{id}': {
    readonly body: undefined
    readonly answer: KeptMail
  }
  'GET /api/v1/keystead/me': {
    readonly body: undefined
    readonly answer: Self
  }
  'GET /api/v1/keystead/refused-requests': {
    readonly body: undefined
    readonly answer: readonly (RefusedRequest)[]
  }
  'GET /api/v1/logs': {
    readonly body: undefined
    readonly answer: readonly (LogEvent)[]
  }
  'GET /api/v1/policies': {
    readonly body: undefined
    readonly answer: readonly (Policy)[]
  }
  'GET /api/v1/policies/{policyId}': {
    readonly body: undefined
    readonly answer: Policy
  }
  'GET /api/v1/policies/{policyId}/rules': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /api/v1/policies/{policyId}/rules/{ruleId}': {
    readonly body: undefined
    readonly answer: PolicyRule
  }
  'GET /api/v1/sessions/me': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /api/v1/sessions/{id}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /api/v1/trustedOrigins': {
    readonly body: undefined
    readonly answer: readonly (TrustedOrigin)[]
  }
  'GET /api/v1/trustedOrigins/{id}': {
    readonly body: undefined
    readonly answer: TrustedOrigin
  }
  'GET /api/v1/users': {
    readonly body: undefined
    readonly answer: readonly (User)[]
  }
  'GET /api/v1/users/{id}': {
    readonly body: undefined
    readonly answer: User
  }
  'GET /api/v1/users/{id}/appLinks': {
    readonly body: undefined
    readonly answer: readonly (AppLink)[]
  }
  'GET /api/v1/users/{id}/groups': {
    readonly body: undefined
    readonly answer: readonly (Group)[]
  }
  'GET /api/v1/users/{userId}/clients': {
    readonly body: undefined
    readonly answer: readonly (TokenClient)[]
  }
  'GET /api/v1/users/{userId}/clients/{clientId}/grants': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /api/v1/users/{userId}/clients/{clientId}/tokens': {
    readonly body: undefined
    readonly answer: readonly (RefreshToken)[]
  }
  'GET /api/v1/users/{userId}/clients/{clientId}/tokens/{tokenId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /api/v1/users/{userId}/factors': {
    readonly body: undefined
    readonly answer: readonly (UserFactor)[]
  }
  'GET /api/v1/users/{userId}/factors/catalog': {
    readonly body: undefined
    readonly answer: readonly ({
      readonly factorType: "token:software:totp" | "webauthn" | "email" | "question"
      readonly provider: string
      readonly vendorName: string
      readonly status: "NOT_SETUP" | "ACTIVE"
      readonly enrollment: "REQUIRED" | "OPTIONAL"
      readonly _links: {
        readonly [name: string]: ({
          readonly href: string
        } | readonly ({
          readonly href: string
        })[])
      }
    })[]
  }
  'GET /api/v1/users/{userId}/factors/questions': {
    readonly body: undefined
    readonly answer: readonly ({
      readonly question: string
      readonly questionText: string
    })[]
  }
  'GET /api/v1/users/{userId}/factors/{factorId}': {
    readonly body: undefined
    readonly answer: UserFactor
  }
  'GET /api/v1/users/{userId}/factors/{factorId}/qr/{token}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /api/v1/users/{userId}/grants': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /api/v1/users/{userId}/grants/{grantId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /api/v1/users/{userId}/roles': {
    readonly body: undefined
    readonly answer: readonly (Role)[]
  }
  'GET /api/v1/users/{userId}/roles/{id}': {
    readonly body: undefined
    readonly answer: Role
  }
  'GET /assets/img/logos/{hash}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /home/oidc_client/{app}/{link}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /login/sessionCookieRedirect': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /oauth2/v1/authorize': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /oauth2/v1/keys': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /oauth2/v1/logout': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /oauth2/v1/userinfo': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /oauth2/{server}/.well-known/oauth-authorization-server': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /oauth2/{server}/.well-known/openid-configuration': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /oauth2/{server}/v1/authorize': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /oauth2/{server}/v1/keys': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /oauth2/{server}/v1/logout': {
    readonly body: undefined
    readonly answer: unknown
  }
  'GET /oauth2/{server}/v1/userinfo': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/apps': {
    readonly body: {
      readonly name?: (string | null)
      readonly label?: (string | null)
      readonly signOnMode?: (string | null)
      readonly accessibility?: ({
        readonly selfService?: (boolean | null)
        readonly errorRedirectUrl?: (string | null)
        readonly loginRedirectUrl?: (string | null)
      } | null)
      readonly visibility?: ({
        readonly autoLaunch?: (boolean | null)
        readonly autoSubmitToolbar?: (boolean | null)
        readonly hide?: ({
          readonly iOS?: (boolean | null)
          readonly web?: (boolean | null)
        } | null)
        readonly appLinks?: ({
          readonly [name: string]: boolean
        } | null)
      } | null)
      readonly credentials?: ({
        readonly userNameTemplate?: ({
          readonly template?: (string | null)
          readonly type?: (string | null)
          readonly userSuffix?: (string | null)
          readonly pushStatus?: (string | null)
        } | null)
        readonly oauthClient?: ({
          readonly client_id?: (string | null)
          readonly client_secret?: (string | null)
          readonly token_endpoint_auth_method?: (string | null)
          readonly autoKeyRotation?: (boolean | null)
          readonly pkce_required?: (boolean | null)
        } | null)
      } | null)
      readonly settings?: ({
        readonly app?: ({
          readonly [name: string]: unknown
        } | null)
        readonly notes?: ({
          readonly admin?: (string | null)
          readonly enduser?: (string | null)
        } | null)
        readonly manualProvisioning?: (boolean | null)
        readonly implicitAssignment?: (boolean | null)
        readonly oauthClient?: ({
          readonly application_type?: (string | null)
          readonly grant_types?: (readonly (string)[] | null)
          readonly response_types?: (readonly (string)[] | null)
          readonly redirect_uris?: (readonly (string)[] | null)
          readonly wildcard_redirect?: (string | null)
          readonly post_logout_redirect_uris?: (readonly (string)[] | null)
          readonly initiate_login_uri?: (string | null)
          readonly idp_initiated_login?: ({
            readonly mode?: (string | null)
            readonly default_scope?: (readonly (string)[] | null)
          } | null)
          readonly client_uri?: (string | null)
          readonly logo_uri?: (string | null)
          readonly tos_uri?: (string | null)
          readonly policy_uri?: (string | null)
          readonly consent_method?: (string | null)
          readonly issuer_mode?: (("ORG_URL" | "CUSTOM_URL" | "DYNAMIC") | null)
          readonly refresh_token?: ({
            readonly rotation_type?: (string | null)
            readonly leeway?: number
          } | null)
          readonly jwks?: ({
            readonly keys?: (readonly ({
              readonly [name: string]: unknown
            })[] | null)
          } | null)
          readonly jwks_uri?: (string | null)
          readonly dpop_bound_access_tokens?: (boolean | null)
          readonly participate_slo?: (boolean | null)
          readonly frontchannel_logout_uri?: (string | null)
          readonly frontchannel_logout_session_required?: (boolean | null)
          readonly request_object_signing_alg?: (string | null)
          readonly id_token_encrypted_response_alg?: (string | null)
          readonly network?: ({
            readonly connection?: (string | null)
            readonly include?: (readonly (string)[] | null)
            readonly exclude?: (readonly (string)[] | null)
          } | null)
          readonly subject_type?: (string | null)
          readonly sector_identifier_uri?: (string | null)
          readonly backchannel_token_delivery_mode?: (string | null)
          readonly backchannel_authentication_request_signing_alg?: (string | null)
          readonly backchannel_custom_authenticator_id?: (string | null)
        } | null)
      } | null)
      readonly profile?: ({
        readonly [name: string]: unknown
      } | null)
    }
    readonly answer: App
  }
  'POST /api/v1/apps/{appId}/credentials/jwks': {
    readonly body: {
      readonly [name: string]: unknown
    }
    readonly answer: unknown
  }
  'POST /api/v1/apps/{appId}/credentials/jwks/{id}/lifecycle/activate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/apps/{appId}/credentials/jwks/{id}/lifecycle/deactivate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/apps/{appId}/credentials/secrets': {
    readonly body: ({
      readonly client_secret?: (string | null)
      readonly status?: (("ACTIVE" | "INACTIVE") | null)
    } | null)
    readonly answer: unknown
  }
  'POST /api/v1/apps/{appId}/credentials/secrets/{id}/lifecycle/activate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/apps/{appId}/credentials/secrets/{id}/lifecycle/deactivate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/apps/{appId}/lifecycle/activate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/apps/{appId}/lifecycle/deactivate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/apps/{appId}/logo': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/apps/{appId}/users': {
    readonly body: {
      readonly id: string
      readonly scope?: (("USER" | "GROUP") | null)
      readonly credentials?: ({
        readonly userName?: (string | null)
      } | null)
      readonly profile?: ({
        readonly [name: string]: unknown
      } | null)
    }
    readonly answer: unknown
  }
  'POST /api/v1/apps/{appId}/users/{userId}': {
    readonly body: {
      readonly scope?: (("USER" | "GROUP") | null)
      readonly credentials?: ({
        readonly userName?: (string | null)
      } | null)
      readonly profile?: ({
        readonly [name: string]: unknown
      } | null)
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn': {
    readonly body: {
      readonly username?: string
      readonly password?: string
      readonly token?: string
      readonly stateToken?: string
      readonly relayState?: string
      readonly audience?: string
      readonly options?: {
        readonly multiOptionalFactorEnroll?: boolean
        readonly warnBeforePasswordExpired?: boolean
      }
      readonly context?: {
        readonly deviceToken?: string
      }
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/cancel': {
    readonly body: {
      readonly stateToken: string
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/consent': {
    readonly body: {
      readonly stateToken: string
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/credentials/change_password': {
    readonly body: {
      readonly stateToken: string
      readonly oldPassword?: string
      readonly newPassword?: string
      readonly revokeSessions?: boolean
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/credentials/reset_password': {
    readonly body: {
      readonly stateToken: string
      readonly newPassword?: string
      readonly revokeSessions?: boolean
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/device/activate': {
    readonly body: {
      readonly stateToken: string
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/factors': {
    readonly body: {
      readonly stateToken: string
      readonly factorType?: string
      readonly provider?: string
      readonly profile?: {
        readonly question?: string
        readonly questionText?: string
        readonly answer?: string
      }
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/factors/{id}/lifecycle/activate': {
    readonly body: {
      readonly stateToken: string
      readonly passCode?: string
      readonly answer?: string
      readonly clientData?: string
      readonly attestation?: string
      readonly authenticatorData?: string
      readonly signatureData?: string
      readonly rememberDevice?: boolean
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/factors/{id}/lifecycle/activate/{channel}': {
    readonly body: {
      readonly stateToken: string
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/factors/{id}/lifecycle/resend': {
    readonly body: {
      readonly stateToken: string
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/factors/{id}/verify': {
    readonly body: {
      readonly stateToken: string
      readonly passCode?: string
      readonly answer?: string
      readonly clientData?: string
      readonly attestation?: string
      readonly authenticatorData?: string
      readonly signatureData?: string
      readonly rememberDevice?: boolean
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/factors/{id}/verify/resend': {
    readonly body: {
      readonly stateToken: string
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/introspect': {
    readonly body: {
      readonly stateToken: string
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/previous': {
    readonly body: {
      readonly stateToken: string
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/recovery/answer': {
    readonly body: {
      readonly stateToken: string
      readonly answer?: string
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/recovery/factors/{channel}/resend': {
    readonly body: {
      readonly stateToken: string
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/recovery/factors/{channel}/verify': {
    readonly body: {
      readonly stateToken: string
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/recovery/password': {
    readonly body: {
      readonly username: string
      readonly factorType?: "EMAIL"
      readonly relayState?: string
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/recovery/token': {
    readonly body: {
      readonly recoveryToken: string
      readonly options?: {
        readonly multiOptionalFactorEnroll?: boolean
        readonly warnBeforePasswordExpired?: boolean
      }
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/recovery/unlock': {
    readonly body: {
      readonly username: string
      readonly factorType?: "EMAIL"
      readonly relayState?: string
    }
    readonly answer: unknown
  }
  'POST /api/v1/authn/skip': {
    readonly body: {
      readonly stateToken: string
    }
    readonly answer: unknown
  }
  'POST /api/v1/authorizationServers': {
    readonly body: {
      readonly name?: string
      readonly description?: (string | null)
      readonly audiences?: readonly (string)[]
      readonly issuerMode?: ("ORG_URL" | "CUSTOM_URL" | "DYNAMIC")
      readonly credentials?: {
        readonly signing?: {
          readonly rotationMode?: ("AUTO" | "MANUAL")
        }
      }
    }
    readonly answer: AuthorizationServer
  }
  'POST /api/v1/authorizationServers/{serverId}/claims': {
    readonly body: {
      readonly name?: string
      readonly status?: ("ACTIVE" | "INACTIVE")
      readonly claimType: ("RESOURCE" | "IDENTITY")
      readonly valueType: ("EXPRESSION" | "GROUPS" | "SYSTEM")
      readonly value?: (string | null)
      readonly group_filter_type?: (("STARTS_WITH" | "EQUALS" | "CONTAINS" | "REGEX") | null)
      readonly conditions?: ({
        readonly scopes?: (readonly (string)[] | null)
      } | null)
      readonly alwaysIncludeInToken?: boolean
    }
    readonly answer: Claim
  }
  'POST /api/v1/authorizationServers/{serverId}/credentials/lifecycle/keyRotate': {
    readonly body: {
      readonly use?: string
    }
    readonly answer: readonly (SigningKey)[]
  }
  'POST /api/v1/authorizationServers/{serverId}/lifecycle/activate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/authorizationServers/{serverId}/lifecycle/deactivate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/authorizationServers/{serverId}/policies': {
    readonly body: {
      readonly type?: "OAUTH_AUTHORIZATION_POLICY"
      readonly name?: string
      readonly description?: (string | null)
      readonly priority?: number
      readonly status?: ("ACTIVE" | "INACTIVE")
      readonly conditions?: {
        readonly clients?: {
          readonly include?: readonly (string)[]
        }
      }
    }
    readonly answer: AccessPolicy
  }
  'POST /api/v1/authorizationServers/{serverId}/policies/{policyId}/lifecycle/activate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/authorizationServers/{serverId}/policies/{policyId}/lifecycle/deactivate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/authorizationServers/{serverId}/policies/{policyId}/rules': {
    readonly body: {
      readonly type?: "RESOURCE_ACCESS"
      readonly name?: string
      readonly priority?: number
      readonly status?: ("ACTIVE" | "INACTIVE")
      readonly conditions?: {
        readonly people?: {
          readonly users?: {
            readonly include?: readonly (string)[]
            readonly exclude?: readonly (string)[]
          }
          readonly groups?: {
            readonly include?: readonly (string)[]
            readonly exclude?: readonly (string)[]
          }
        }
        readonly grantTypes?: {
          readonly include?: readonly (string)[]
        }
        readonly scopes?: {
          readonly include?: readonly (string)[]
        }
      }
      readonly actions?: {
        readonly token?: {
          readonly accessTokenLifetimeMinutes?: number
          readonly refreshTokenLifetimeMinutes?: number
          readonly refreshTokenWindowMinutes?: number
          readonly inlineHook?: (null | {
            readonly id?: string
          })
        }
      }
    }
    readonly answer: AccessRule
  }
  'POST /api/v1/authorizationServers/{serverId}/policies/{policyId}/rules/{ruleId}/lifecycle/activate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/authorizationServers/{serverId}/policies/{policyId}/rules/{ruleId}/lifecycle/deactivate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/authorizationServers/{serverId}/scopes': {
    readonly body: {
      readonly name: string
      readonly displayName?: (string | null)
      readonly description?: (string | null)
      readonly consent?: ("IMPLICIT" | "REQUIRED" | "FLEXIBLE")
      readonly metadataPublish?: ("ALL_CLIENTS" | "NO_CLIENTS")
      readonly default?: boolean
      readonly optional?: boolean
    }
    readonly answer: Scope
  }
  'POST /api/v1/features/{id}/{lifecycle}': {
    readonly body: undefined
    readonly answer: Feature
  }
  'POST /api/v1/groups': {
    readonly body: {
      readonly profile: {
        readonly [name: string]: unknown
      }
    }
    readonly answer: Group
  }
  'POST /api/v1/keystead/api-tokens': {
    readonly body: {
      readonly name: string
    }
    readonly answer: CreatedApiToken
  }
  'POST /api/v1/keystead/authorization-servers/{serverId}/token-preview': {
    readonly body: {
      readonly clientId: string
      readonly grantType: "authorization_code" | "refresh_token" | "client_credentials"
      readonly userId?: string
      readonly scopes: readonly (string)[]
      readonly nonce?: string
    }
    readonly answer: TokenPreview
  }
  'POST /api/v1/keystead/test-mail': {
    readonly body: undefined
    readonly answer: TestMail
  }
  'POST /api/v1/policies': {
    readonly body: {
      readonly type?: "OKTA_SIGN_ON" | "PASSWORD" | "MFA_ENROLL" | "ACCESS_POLICY" | "PROFILE_ENROLLMENT" | "IDP_DISCOVERY"
      readonly name?: string
      readonly description?: (string | null)
      readonly priority?: (number | null)
      readonly status?: ("ACTIVE" | "INACTIVE" | null)
      readonly settings?: ({
        readonly password?: ({
          readonly complexity?: ({
            readonly minLength?: (number | null)
            readonly minLowerCase?: (number | null)
            readonly minUpperCase?: (number | null)
            readonly minNumber?: (number | null)
            readonly minSymbol?: (number | null)
            readonly excludeUsername?: (boolean | null)
            readonly excludeAttributes?: (readonly (string)[] | null)
            readonly dictionary?: ({
              readonly common?: ({
                readonly exclude?: (boolean | null)
              } | null)
            } | null)
            readonly maxConsecutiveCharacters?: (number | null)
            readonly oelStatement?: (string | null)
          } | null)
          readonly age?: ({
            readonly maxAgeDays?: (number | null)
            readonly expireWarnDays?: (number | null)
            readonly minAgeMinutes?: (number | null)
            readonly historyCount?: (number | null)
          } | null)
          readonly breachedProtection?: ({
            readonly expireAfterDays?: (number | null)
            readonly logoutEnabled?: (boolean | null)
            readonly delegatedWorkflowId?: (string | null)
          } | null)
          readonly lockout?: ({
            readonly maxAttempts?: (number | null)
            readonly autoUnlockMinutes?: (number | null)
            readonly userLockoutNotificationChannels?: (readonly ("EMAIL")[] | null)
            readonly showLockoutFailures?: (boolean | null)
          } | null)
        } | null)
        readonly recovery?: ({
          readonly factors?: ({
            readonly okta_email?: ({
              readonly status?: ("ACTIVE" | "INACTIVE" | null)
              readonly properties?: ({
                readonly recoveryToken?: ({
                  readonly tokenLifetimeMinutes?: (number | null)
                } | null)
              } | null)
            } | null)
            readonly recovery_question?: ({
              readonly status?: ("ACTIVE" | "INACTIVE" | null)
              readonly properties?: ({
                readonly complexity?: ({
                  readonly minLength?: (number | null)
                } | null)
              } | null)
            } | null)
            readonly okta_sms?: ({
              readonly status?: ("ACTIVE" | "INACTIVE" | null)
            } | null)
            readonly okta_call?: ({
              readonly status?: ("ACTIVE" | "INACTIVE" | null)
            } | null)
          } | null)
        } | null)
        readonly delegation?: ({
          readonly options?: ({
            readonly skipUnlock?: (boolean | null)
          } | null)
        } | null)
        readonly type?: ("AUTHENTICATORS" | "FACTORS" | null)
        readonly authenticators?: (readonly ({
          readonly key: string
          readonly enroll?: ({
            readonly self?: ("REQUIRED" | "OPTIONAL" | "NOT_ALLOWED" | null)
          } | null)
        })[] | null)
        readonly factors?: ({
          readonly [name: string]: {
            readonly enroll?: ({
              readonly self?: ("REQUIRED" | "OPTIONAL" | "NOT_ALLOWED" | null)
            } | null)
          }
        } | null)
      } | null)
      readonly conditions?: ({
        readonly people?: ({
          readonly groups?: ({
            readonly include?: (readonly (string)[] | null)
            readonly exclude?: (readonly (string)[] | null)
          } | null)
          readonly users?: ({
            readonly include?: (readonly (string)[] | null)
            readonly exclude?: (readonly (string)[] | null)
          } | null)
        } | null)
        readonly authProvider?: ({
          readonly provider?: (string | null)
        } | null)
      } | null)
    }
    readonly answer: Policy
  }
  'POST /api/v1/policies/{policyId}/lifecycle/activate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/policies/{policyId}/lifecycle/deactivate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/policies/{policyId}/rules': {
    readonly body: {
      readonly type?: string
      readonly name?: string
      readonly priority?: (number | null)
      readonly status?: ("ACTIVE" | "INACTIVE" | null)
      readonly conditions?: ({
        readonly people?: ({
          readonly users?: ({
            readonly include?: (readonly (string)[] | null)
            readonly exclude?: (readonly (string)[] | null)
          } | null)
          readonly groups?: ({
            readonly include?: (readonly (string)[] | null)
            readonly exclude?: (readonly (string)[] | null)
          } | null)
        } | null)
        readonly network?: ({
          readonly connection?: (string | null)
          readonly include?: (readonly (string)[] | null)
          readonly exclude?: (readonly (string)[] | null)
        } | null)
        readonly authContext?: ({
          readonly authType?: ("ANY" | "RADIUS" | "LDAP_INTERFACE" | null)
        } | null)
        readonly riskScore?: ({
          readonly level?: (string | null)
        } | null)
        readonly risk?: ({
          readonly behaviors?: (readonly (string)[] | null)
        } | null)
        readonly identityProvider?: ({
          readonly provider?: (string | null)
          readonly idpIds?: (readonly (string)[] | null)
        } | null)
      } | null)
      readonly actions?: ({
        readonly signon?: ({
          readonly access?: ("ALLOW" | "DENY" | null)
          readonly requireFactor?: (boolean | null)
          readonly factorPromptMode?: ("ALWAYS" | "DEVICE" | "SESSION" | null)
          readonly factorLifetime?: (number | null)
          readonly rememberDeviceByDefault?: (boolean | null)
          readonly primaryFactor?: ("PASSWORD_IDP" | "PASSWORD_IDP_ANY_FACTOR" | null)
          readonly session?: ({
            readonly maxSessionIdleMinutes?: (number | null)
            readonly maxSessionLifetimeMinutes?: (number | null)
            readonly usePersistentCookie?: (boolean | null)
          } | null)
        } | null)
        readonly passwordChange?: ({
          readonly access?: ("ALLOW" | "DENY" | null)
        } | null)
        readonly selfServicePasswordReset?: ({
          readonly access?: ("ALLOW" | "DENY" | null)
          readonly requirement?: ({
            readonly accessControl?: (string | null)
            readonly primary?: ({
              readonly methods?: (readonly (string)[] | null)
              readonly methodConstraints?: (readonly (unknown)[] | null)
            } | null)
            readonly stepUp?: ({
              readonly required?: (boolean | null)
              readonly methods?: (readonly (string)[] | null)
            } | null)
          } | null)
        } | null)
        readonly selfServiceUnlock?: ({
          readonly access?: ("ALLOW" | "DENY" | null)
        } | null)
        readonly enroll?: ({
          readonly self?: ("LOGIN" | "CHALLENGE" | "NEVER" | null)
        } | null)
      } | null)
    }
    readonly answer: PolicyRule
  }
  'POST /api/v1/policies/{policyId}/rules/{ruleId}/lifecycle/activate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/policies/{policyId}/rules/{ruleId}/lifecycle/deactivate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/sessions': {
    readonly body: {
      readonly sessionToken: string
    }
    readonly answer: unknown
  }
  'POST /api/v1/sessions/me/lifecycle/refresh': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/sessions/{id}/lifecycle/refresh': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/trustedOrigins': {
    readonly body: {
      readonly name: string
      readonly origin: string
      readonly scopes: readonly ({
        readonly type: "CORS" | "REDIRECT" | "IFRAME_EMBED"
        readonly allowedOktaApps?: readonly ("OKTA_ENDUSER")[]
      })[]
    }
    readonly answer: TrustedOrigin
  }
  'POST /api/v1/trustedOrigins/{id}/lifecycle/activate': {
    readonly body: undefined
    readonly answer: TrustedOrigin
  }
  'POST /api/v1/trustedOrigins/{id}/lifecycle/deactivate': {
    readonly body: undefined
    readonly answer: TrustedOrigin
  }
  'POST /api/v1/users': {
    readonly body: {
      readonly profile: {
        readonly [name: string]: unknown
      }
      readonly credentials?: {
        readonly password?: {
          readonly value?: string
          readonly hash?: unknown
          readonly hook?: unknown
        }
        readonly recovery_question?: {
          readonly question?: string
          readonly answer?: string
        }
        readonly provider?: {
          readonly type?: string
        }
      }
      readonly groupIds?: readonly (string)[]
      readonly type?: {
        readonly id?: string
      }
    }
    readonly answer: User
  }
  'POST /api/v1/users/me': {
    readonly body: {
      readonly profile?: {
        readonly [name: string]: unknown
      }
      readonly credentials?: {
        readonly password?: {
          readonly value?: string
          readonly hash?: unknown
          readonly hook?: unknown
        }
        readonly recovery_question?: {
          readonly question?: string
          readonly answer?: string
        }
        readonly provider?: {
          readonly type?: string
        }
      }
      readonly type?: {
        readonly id?: string
      }
    }
    readonly answer: User
  }
  'POST /api/v1/users/me/lifecycle/delete_sessions': {
    readonly body: {
      readonly keepCurrent?: boolean
    }
    readonly answer: unknown
  }
  'POST /api/v1/users/{id}': {
    readonly body: {
      readonly profile?: {
        readonly [name: string]: unknown
      }
      readonly credentials?: {
        readonly password?: {
          readonly value?: string
          readonly hash?: unknown
          readonly hook?: unknown
        }
        readonly recovery_question?: {
          readonly question?: string
          readonly answer?: string
        }
        readonly provider?: {
          readonly type?: string
        }
      }
      readonly type?: {
        readonly id?: string
      }
    }
    readonly answer: User
  }
  'POST /api/v1/users/{id}/credentials/change_password': {
    readonly body: {
      readonly oldPassword: {
        readonly value: string
      }
      readonly newPassword: {
        readonly value: string
      }
      readonly revokeSessions?: boolean
    }
    readonly answer: unknown
  }
  'POST /api/v1/users/{id}/credentials/forgot_password': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/users/{id}/lifecycle/activate': {
    readonly body: undefined
    readonly answer: Activation
  }
  'POST /api/v1/users/{id}/lifecycle/deactivate': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/users/{id}/lifecycle/expire_password': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/users/{id}/lifecycle/expire_password_with_temp_password': {
    readonly body: undefined
    readonly answer: TemporaryPassword
  }
  'POST /api/v1/users/{id}/lifecycle/reactivate': {
    readonly body: undefined
    readonly answer: Activation
  }
  'POST /api/v1/users/{id}/lifecycle/reset_password': {
    readonly body: undefined
    readonly answer: PasswordReset
  }
  'POST /api/v1/users/{id}/lifecycle/suspend': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/users/{id}/lifecycle/unlock': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/users/{id}/lifecycle/unsuspend': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/users/{userId}/factors': {
    readonly body: {
      readonly factorType: string
      readonly provider: string
      readonly profile?: {
        readonly question?: string
        readonly answer?: string
        readonly email?: string
      }
    }
    readonly answer: UserFactor
  }
  'POST /api/v1/users/{userId}/factors/{factorId}/lifecycle/activate': {
    readonly body: {
      readonly passCode?: string
      readonly answer?: string
      readonly clientData?: string
      readonly attestation?: string
      readonly authenticatorData?: string
      readonly signatureData?: string
    }
    readonly answer: UserFactor
  }
  'POST /api/v1/users/{userId}/factors/{factorId}/resend': {
    readonly body: undefined
    readonly answer: UserFactor
  }
  'POST /api/v1/users/{userId}/factors/{factorId}/verify': {
    readonly body: ({
      readonly passCode?: string
      readonly answer?: string
      readonly clientData?: string
      readonly attestation?: string
      readonly authenticatorData?: string
      readonly signatureData?: string
    } | null)
    readonly answer: {
      readonly factorResult: "SUCCESS" | "CHALLENGE"
      readonly expiresAt?: string
      readonly profile?: {
        readonly [name: string]: unknown
      }
      readonly _embedded?: {
        readonly [name: string]: unknown
      }
      readonly _links?: {
        readonly [name: string]: ({
          readonly href: string
        } | readonly ({
          readonly href: string
        })[])
      }
    }
  }
  'POST /api/v1/users/{userId}/lifecycle/reset_factors': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /api/v1/users/{userId}/roles': {
    readonly body: {
      readonly type: string
    }
    readonly answer: Role
  }
  'POST /login/sessionCookieRedirect': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /oauth2/v1/authorize': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /oauth2/v1/introspect': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /oauth2/v1/logout': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /oauth2/v1/revoke': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /oauth2/v1/token': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /oauth2/v1/userinfo': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /oauth2/{server}/v1/authorize': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /oauth2/{server}/v1/introspect': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /oauth2/{server}/v1/logout': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /oauth2/{server}/v1/revoke': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /oauth2/{server}/v1/token': {
    readonly body: undefined
    readonly answer: unknown
  }
  'POST /oauth2/{server}/v1/userinfo': {
    readonly body: undefined
    readonly answer: unknown
  }
  'PUT /api/v1/apps/{appId}': {
    readonly body: {
      readonly name?: (string | null)
      readonly label?: (string | null)
      readonly signOnMode?: (string | null)
      readonly accessibility?: ({
        readonly selfService?: (boolean | null)
        readonly errorRedirectUrl?: (string | null)
        readonly loginRedirectUrl?: (string | null)
      } | null)
      readonly visibility?: ({
        readonly autoLaunch?: (boolean | null)
        readonly autoSubmitToolbar?: (boolean | null)
        readonly hide?: ({
          readonly iOS?: (boolean | null)
          readonly web?: (boolean | null)
        } | null)
        readonly appLinks?: ({
          readonly [name: string]: boolean
        } | null)
      } | null)
      readonly credentials?: ({
        readonly userNameTemplate?: ({
          readonly template?: (string | null)
          readonly type?: (string | null)
          readonly userSuffix?: (string | null)
          readonly pushStatus?: (string | null)
        } | null)
        readonly oauthClient?: ({
          readonly client_id?: (string | null)
          readonly client_secret?: (string | null)
          readonly token_endpoint_auth_method?: (string | null)
          readonly autoKeyRotation?: (boolean | null)
          readonly pkce_required?: (boolean | null)
        } | null)
      } | null)
      readonly settings?: ({
        readonly app?: ({
          readonly [name: string]: unknown
        } | null)
        readonly notes?: ({
          readonly admin?: (string | null)
          readonly enduser?: (string | null)
        } | null)
        readonly manualProvisioning?: (boolean | null)
        readonly implicitAssignment?: (boolean | null)
        readonly oauthClient?: ({
          readonly application_type?: (string | null)
          readonly grant_types?: (readonly (string)[] | null)
          readonly response_types?: (readonly (string)[] | null)
          readonly redirect_uris?: (readonly (string)[] | null)
          readonly wildcard_redirect?: (string | null)
          readonly post_logout_redirect_uris?: (readonly (string)[] | null)
          readonly initiate_login_uri?: (string | null)
          readonly idp_initiated_login?: ({
            readonly mode?: (string | null)
            readonly default_scope?: (readonly (string)[] | null)
          } | null)
          readonly client_uri?: (string | null)
          readonly logo_uri?: (string | null)
          readonly tos_uri?: (string | null)
          readonly policy_uri?: (string | null)
          readonly consent_method?: (string | null)
          readonly issuer_mode?: (("ORG_URL" | "CUSTOM_URL" | "DYNAMIC") | null)
          readonly refresh_token?: ({
            readonly rotation_type?: (string | null)
            readonly leeway?: number
          } | null)
          readonly jwks?: ({
            readonly keys?: (readonly ({
              readonly [name: string]: unknown
            })[] | null)
          } | null)
          readonly jwks_uri?: (string | null)
          readonly dpop_bound_access_tokens?: (boolean | null)
          readonly participate_slo?: (boolean | null)
          readonly frontchannel_logout_uri?: (string | null)
          readonly frontchannel_logout_session_required?: (boolean | null)
          readonly request_object_signing_alg?: (string | null)
          readonly id_token_encrypted_response_alg?: (string | null)
          readonly network?: ({
            readonly connection?: (string | null)
            readonly include?: (readonly (string)[] | null)
            readonly exclude?: (readonly (string)[] | null)
          } | null)
          readonly subject_type?: (string | null)
          readonly sector_identifier_uri?: (string | null)
          readonly backchannel_token_delivery_mode?: (string | null)
          readonly backchannel_authentication_request_signing_alg?: (string | null)
          readonly backchannel_custom_authenticator_id?: (string | null)
        } | null)
      } | null)
      readonly profile?: ({
        readonly [name: string]: unknown
      } | null)
    }
    readonly answer: App
  }
  'PUT /api/v1/apps/{appId}/groups/{groupId}': {
    readonly body: ({
      readonly priority?: number
      readonly profile?: ({
        readonly [name: string]: unknown
      } | null)
    } | null)
    readonly answer: unknown
  }
  'PUT /api/v1/apps/{appId}/policies/{policyId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'PUT /api/v1/authorizationServers/{serverId}': {
    readonly body: {
      readonly name?: string
      readonly description?: (string | null)
      readonly audiences?: readonly (string)[]
      readonly issuerMode?: ("ORG_URL" | "CUSTOM_URL" | "DYNAMIC")
      readonly credentials?: {
        readonly signing?: {
          readonly rotationMode?: ("AUTO" | "MANUAL")
        }
      }
    }
    readonly answer: AuthorizationServer
  }
  'PUT /api/v1/authorizationServers/{serverId}/claims/{id}': {
    readonly body: {
      readonly name?: string
      readonly status?: ("ACTIVE" | "INACTIVE")
      readonly claimType: ("RESOURCE" | "IDENTITY")
      readonly valueType: ("EXPRESSION" | "GROUPS" | "SYSTEM")
      readonly value?: (string | null)
      readonly group_filter_type?: (("STARTS_WITH" | "EQUALS" | "CONTAINS" | "REGEX") | null)
      readonly conditions?: ({
        readonly scopes?: (readonly (string)[] | null)
      } | null)
      readonly alwaysIncludeInToken?: boolean
    }
    readonly answer: Claim
  }
  'PUT /api/v1/authorizationServers/{serverId}/policies/{policyId}': {
    readonly body: {
      readonly type?: "OAUTH_AUTHORIZATION_POLICY"
      readonly name?: string
      readonly description?: (string | null)
      readonly priority?: number
      readonly status?: ("ACTIVE" | "INACTIVE")
      readonly conditions?: {
        readonly clients?: {
          readonly include?: readonly (string)[]
        }
      }
    }
    readonly answer: AccessPolicy
  }
  'PUT /api/v1/authorizationServers/{serverId}/policies/{policyId}/rules/{ruleId}': {
    readonly body: {
      readonly type?: "RESOURCE_ACCESS"
      readonly name?: string
      readonly priority?: number
      readonly status?: ("ACTIVE" | "INACTIVE")
      readonly conditions?: {
        readonly people?: {
          readonly users?: {
            readonly include?: readonly (string)[]
            readonly exclude?: readonly (string)[]
          }
          readonly groups?: {
            readonly include?: readonly (string)[]
            readonly exclude?: readonly (string)[]
          }
        }
        readonly grantTypes?: {
          readonly include?: readonly (string)[]
        }
        readonly scopes?: {
          readonly include?: readonly (string)[]
        }
      }
      readonly actions?: {
        readonly token?: {
          readonly accessTokenLifetimeMinutes?: number
          readonly refreshTokenLifetimeMinutes?: number
          readonly refreshTokenWindowMinutes?: number
          readonly inlineHook?: (null | {
            readonly id?: string
          })
        }
      }
    }
    readonly answer: AccessRule
  }
  'PUT /api/v1/authorizationServers/{serverId}/scopes/{id}': {
    readonly body: {
      readonly name: string
      readonly displayName?: (string | null)
      readonly description?: (string | null)
      readonly consent?: ("IMPLICIT" | "REQUIRED" | "FLEXIBLE")
      readonly metadataPublish?: ("ALL_CLIENTS" | "NO_CLIENTS")
      readonly default?: boolean
      readonly optional?: boolean
    }
    readonly answer: Scope
  }
  'PUT /api/v1/groups/{id}': {
    readonly body: {
      readonly profile: {
        readonly [name: string]: unknown
      }
    }
    readonly answer: Group
  }
  'PUT /api/v1/groups/{id}/users/{userId}': {
    readonly body: undefined
    readonly answer: unknown
  }
  'PUT /api/v1/keystead/mail-templates/{kind}/{language}': {
    readonly body: {
      readonly subject: string
      readonly html: string
      readonly text: string
    }
    readonly answer: MailTemplate
  }
  'PUT /api/v1/policies/{policyId}': {
    readonly body: {
      readonly type?: "OKTA_SIGN_ON" | "PASSWORD" | "MFA_ENROLL" | "ACCESS_POLICY" | "PROFILE_ENROLLMENT" | "IDP_DISCOVERY"
      readonly name?: string
      readonly description?: (string | null)
      readonly priority?: (number | null)
      readonly status?: ("ACTIVE" | "INACTIVE" | null)
      readonly settings?: ({
        readonly password?: ({
          readonly complexity?: ({
            readonly minLength?: (number | null)
            readonly minLowerCase?: (number | null)
            readonly minUpperCase?: (number | null)
            readonly minNumber?: (number | null)
            readonly minSymbol?: (number | null)
            readonly excludeUsername?: (boolean | null)
            readonly excludeAttributes?: (readonly (string)[] | null)
            readonly dictionary?: ({
              readonly common?: ({
                readonly exclude?: (boolean | null)
              } | null)
            } | null)
            readonly maxConsecutiveCharacters?: (number | null)
            readonly oelStatement?: (string | null)
          } | null)
          readonly age?: ({
            readonly maxAgeDays?: (number | null)
            readonly expireWarnDays?: (number | null)
            readonly minAgeMinutes?: (number | null)
            readonly historyCount?: (number | null)
          } | null)
          readonly breachedProtection?: ({
            readonly expireAfterDays?: (number | null)
            readonly logoutEnabled?: (boolean | null)
            readonly delegatedWorkflowId?: (string | null)
          } | null)
          readonly lockout?: ({
            readonly maxAttempts?: (number | null)
            readonly autoUnlockMinutes?: (number | null)
            readonly userLockoutNotificationChannels?: (readonly ("EMAIL")[] | null)
            readonly showLockoutFailures?: (boolean | null)
          } | null)
        } | null)
        readonly recovery?: ({
          readonly factors?: ({
            readonly okta_email?: ({
              readonly status?: ("ACTIVE" | "INACTIVE" | null)
              readonly properties?: ({
                readonly recoveryToken?: ({
                  readonly tokenLifetimeMinutes?: (number | null)
                } | null)
              } | null)
            } | null)
            readonly recovery_question?: ({
              readonly status?: ("ACTIVE" | "INACTIVE" | null)
              readonly properties?: ({
                readonly complexity?: ({
                  readonly minLength?: (number | null)
                } | null)
              } | null)
            } | null)
            readonly okta_sms?: ({
              readonly status?: ("ACTIVE" | "INACTIVE" | null)
            } | null)
            readonly okta_call?: ({
              readonly status?: ("ACTIVE" | "INACTIVE" | null)
            } | null)
          } | null)
        } | null)
        readonly delegation?: ({
          readonly options?: ({
            readonly skipUnlock?: (boolean | null)
          } | null)
        } | null)
        readonly type?: ("AUTHENTICATORS" | "FACTORS" | null)
        readonly authenticators?: (readonly ({
          readonly key: string
          readonly enroll?: ({
            readonly self?: ("REQUIRED" | "OPTIONAL" | "NOT_ALLOWED" | null)
          } | null)
        })[] | null)
        readonly factors?: ({
          readonly [name: string]: {
            readonly enroll?: ({
              readonly self?: ("REQUIRED" | "OPTIONAL" | "NOT_ALLOWED" | null)
            } | null)
          }
        } | null)
      } | null)
      readonly conditions?: ({
        readonly people?: ({
          readonly groups?: ({
            readonly include?: (readonly (string)[] | null)
            readonly exclude?: (readonly (string)[] | null)
          } | null)
          readonly users?: ({
            readonly include?: (readonly (string)[] | null)
            readonly exclude?: (readonly (string)[] | null)
          } | null)
        } | null)
        readonly authProvider?: ({
          readonly provider?: (string | null)
        } | null)
      } | null)
    }
    readonly answer: Policy
  }
  'PUT /api/v1/policies/{policyId}/rules/{ruleId}': {
    readonly body: {
      readonly type?: string
      readonly name?: string
      readonly priority?: (number | null)
      readonly status?: ("ACTIVE" | "INACTIVE" | null)
      readonly conditions?: ({
        readonly people?: ({
          readonly users?: ({
            readonly include?: (readonly (string)[] | null)
            readonly exclude?: (readonly (string)[] | null)
          } | null)
          readonly groups?: ({
            readonly include?: (readonly (string)[] | null)
            readonly exclude?: (readonly (string)[] | null)
          } | null)
        } | null)
        readonly network?: ({
          readonly connection?: (string | null)
          readonly include?: (readonly (string)[] | null)
          readonly exclude?: (readonly (string)[] | null)
        } | null)
        readonly authContext?: ({
          readonly authType?: ("ANY" | "RADIUS" | "LDAP_INTERFACE" | null)
        } | null)
        readonly riskScore?: ({
          readonly level?: (string | null)
        } | null)
        readonly risk?: ({
          readonly behaviors?: (readonly (string)[] | null)
        } | null)
        readonly identityProvider?: ({
          readonly provider?: (string | null)
          readonly idpIds?: (readonly (string)[] | null)
        } | null)
      } | null)
      readonly actions?: ({
        readonly signon?: ({
          readonly access?: ("ALLOW" | "DENY" | null)
          readonly requireFactor?: (boolean | null)
          readonly factorPromptMode?: ("ALWAYS" | "DEVICE" | "SESSION" | null)
          readonly factorLifetime?: (number | null)
          readonly rememberDeviceByDefault?: (boolean | null)
          readonly primaryFactor?: ("PASSWORD_IDP" | "PASSWORD_IDP_ANY_FACTOR" | null)
          readonly session?: ({
            readonly maxSessionIdleMinutes?: (number | null)
            readonly maxSessionLifetimeMinutes?: (number | null)
            readonly usePersistentCookie?: (boolean | null)
          } | null)
        } | null)
        readonly passwordChange?: ({
          readonly access?: ("ALLOW" | "DENY" | null)
        } | null)
        readonly selfServicePasswordReset?: ({
          readonly access?: ("ALLOW" | "DENY" | null)
          readonly requirement?: ({
            readonly accessControl?: (string | null)
            readonly primary?: ({
              readonly methods?: (readonly (string)[] | null)
              readonly methodConstraints?: (readonly (unknown)[] | null)
            } | null)
            readonly stepUp?: ({
              readonly required?: (boolean | null)
              readonly methods?: (readonly (string)[] | null)
            } | null)
          } | null)
        } | null)
        readonly selfServiceUnlock?: ({
          readonly access?: ("ALLOW" | "DENY" | null)
        } | null)
        readonly enroll?: ({
          readonly self?: ("LOGIN" | "CHALLENGE" | "NEVER" | null)
        } | null)
      } | null)
    }
    readonly answer: PolicyRule
  }
  'PUT /api/v1/trustedOrigins/{id}': {
    readonly body: {
      readonly name: string
      readonly origin: string
      readonly scopes: readonly ({
        readonly type: "CORS" | "REDIRECT" | "IFRAME_EMBED"
        readonly allowedOktaApps?: readonly ("OKTA_ENDUSER")[]
      })[]
    }
    readonly answer: TrustedOrigin
  }
  'PUT /api/v1/users/{id}': {
    readonly body: {
      readonly profile: {
        readonly [name: string]: unknown
      }
      readonly credentials?: {
        readonly password?: {
          readonly value?: string
          readonly hash?: unknown
          readonly hook?: unknown
        }
        readonly recovery_question?: {
          readonly question?: string
          readonly answer?: string
        }
        readonly provider?: {
          readonly type?: string
        }
      }
      readonly type?: {
        readonly id?: string
      }
    }
    readonly answer: User
  }
  'PUT /api/v1/users/{userId}/factors/{factorId}': {
    readonly body: {
      readonly profile: {
        readonly question: string
        readonly answer: string
      }
    }
    readonly answer: UserFactor
  }
}
