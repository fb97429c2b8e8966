// `/api/v1/authn`: the classic authentication API, for pages that ask for the password themselves.
import { json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import { AuthnBody, RecoveryTokenBody, StateTokenBody, toSuccessWire } from './authn-schema.ts'
import { signInWithPassword } from './authn-service.ts'

const AUTHN = '/api/v1/authn'
/** Steps of a transaction that has begun: none is open yet, so that no state token is known. */
const STEPS = [
  'cancel',
  'introspect',
  'previous',
  'skip',
  'credentials/change_password',
  'credentials/reset_password',
  'factors',
  'factors/:id/lifecycle/activate',
  'factors/:id/lifecycle/activate/poll',
  'factors/:id/lifecycle/resend',
  'factors/:id/verify',
  'factors/:id/verify/resend',
  'recovery/answer',
  'recovery/factors/:channel/resend',
  'recovery/factors/:channel/verify',
]

export const authnRoutes = (deps: Deps): readonly Route[] => [
  route({
    method: 'POST',
    url: AUTHN,
    zone: 'trusted',
    bucket: 'authn',
    body: AuthnBody,
    summary: 'Sign a person in with name and password for a session token',
    async handler({ caller, body }) {
      const { user, issued } = await signInWithPassword(deps, caller, body)
      return json(200, toSuccessWire(caller.orgUrl, user, issued, body.relayState))
    },
  }),
  ...STEPS.map((step) =>
    route({
      method: 'POST',
      url: `${AUTHN}/${step}`,
      zone: 'trusted',
      bucket: 'authn',
      body: StateTokenBody,
      summary: 'Go on with an open authentication transaction',
      handler: refuseToken,
    }),
  ),
  route({
    method: 'POST',
    url: `${AUTHN}/recovery/token`,
    zone: 'trusted',
    bucket: 'authn',
    body: RecoveryTokenBody,
    summary: 'Begin a recovery with the token of a mail',
    handler: refuseToken,
  }),
]

function refuseToken(): never {
  throw new Refusal('invalid_token')
}
