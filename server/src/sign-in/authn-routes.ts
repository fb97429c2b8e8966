// `/api/v1/authn`: the classic authentication API, for pages that ask for the password themselves.
import { json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import {
  AuthnBody,
  ChangePasswordBody,
  RecoveryTokenBody,
  StateTokenBody,
  toExpiredWire,
  toSuccessWire,
} from './authn-schema.ts'
import { changePassword, signInWithPassword } from './authn-service.ts'
import { closeTransaction, getTransaction } from './authn-transaction-service.ts'

const AUTHN = '/api/v1/authn'
/** Steps of states that no transaction can be in yet, so that no state token is good for them. */
const STEPS = [
  'previous',
  'skip',
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
      const outcome = await signInWithPassword(deps, caller, body)
      return outcome.kind === 'password-expired'
        ? json(200, toExpiredWire(caller.orgUrl, outcome.transaction))
        : json(200, toSuccessWire(caller.orgUrl, outcome.user, outcome.issued, body.relayState))
    },
  }),
  route({
    method: 'POST',
    url: `${AUTHN}/introspect`,
    zone: 'trusted',
    bucket: 'authn',
    body: StateTokenBody,
    summary: 'Read the state of an open authentication transaction',
    async handler({ caller, body }) {
      return json(200, toExpiredWire(caller.orgUrl, await getTransaction(deps, caller, body.stateToken)))
    },
  }),
  route({
    method: 'POST',
    url: `${AUTHN}/cancel`,
    zone: 'trusted',
    bucket: 'authn',
    body: StateTokenBody,
    summary: 'End an open authentication transaction',
    async handler({ caller, body }) {
      const { relayState } = await getTransaction(deps, caller, body.stateToken)
      await closeTransaction(deps, caller, body.stateToken)
      return json(200, relayState === undefined ? {} : { relayState })
    },
  }),
  route({
    method: 'POST',
    url: `${AUTHN}/credentials/change_password`,
    zone: 'trusted',
    bucket: 'authn',
    body: ChangePasswordBody,
    summary: 'Change an expired password for a session token',
    async handler({ caller, body }) {
      const { user, issued, relayState } = await changePassword(deps, caller, body)
      return json(200, toSuccessWire(caller.orgUrl, user, issued, relayState))
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
