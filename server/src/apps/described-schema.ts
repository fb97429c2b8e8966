// What an app's answer promises: less than it holds, and true of every app.
import Type from 'typebox'
import { maybe } from '#http/wire.ts'
import { APPLICATION_TYPES, CLIENT_AUTHENTICATIONS } from './app.ts'

const texts = Type.Array(Type.String())
const uri = maybe(Type.String())

const OAuthSettings = Type.Object({
  application_type: Type.Enum(APPLICATION_TYPES),
  grant_types: texts,
  response_types: texts,
  redirect_uris: texts,
  post_logout_redirect_uris: Type.Optional(texts),
  wildcard_redirect: Type.String(),
  initiate_login_uri: uri,
  client_uri: uri,
  logo_uri: uri,
  tos_uri: uri,
  policy_uri: uri,
  jwks_uri: uri,
  consent_method: Type.String(),
  issuer_mode: Type.String(),
  refresh_token: Type.Optional(Type.Object({ rotation_type: Type.String(), leeway: Type.Optional(Type.Integer()) })),
  idp_initiated_login: Type.Object({ mode: Type.String(), default_scope: texts }),
})

export const AppAnswer = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    label: Type.String(),
    status: Type.String(),
    created: Type.String(),
    lastUpdated: Type.String(),
    visibility: Type.Object({ hide: Type.Object({ iOS: Type.Boolean(), web: Type.Boolean() }) }),
    credentials: Type.Object({
      userNameTemplate: Type.Object({ template: Type.String(), type: Type.String() }),
      oauthClient: Type.Object({
        client_id: Type.String(),
        /** Only in the answer to the call that decided it. */
        client_secret: Type.Optional(Type.String()),
        token_endpoint_auth_method: Type.Enum(CLIENT_AUTHENTICATIONS),
        pkce_required: Type.Boolean(),
      }),
    }),
    settings: Type.Object({ implicitAssignment: Type.Boolean(), oauthClient: OAuthSettings }),
    /** `expand=user/{id}`: how the person came to it. */
    _embedded: Type.Optional(
      Type.Object({
        user: Type.Object({
          scope: Type.Union([Type.Literal('USER'), Type.Literal('GROUP')]),
          _links: Type.Object({ group: Type.Optional(Type.Object({ name: Type.String() })) }),
        }),
      }),
    ),
    _links: Type.Object({
      logo: Type.Array(Type.Object({ name: Type.String(), href: Type.String(), type: Type.String() })),
      accessPolicy: Type.Optional(Type.Object({ href: Type.String() })),
    }),
  },
  { title: 'App' },
)

export const AppListAnswer = Type.Array(AppAnswer)
