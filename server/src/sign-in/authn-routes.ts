// `/api/v1/authn`: the classic authentication API, for pages that ask for the password themselves.
import { json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { answerOf, placeOf } from './authn-answer.ts'
import { openActivation } from './authn-recovery-service.ts'
import { AuthnBody, ChangePasswordBody, StateTokenBody } from './authn-schema.ts'
import { cancel, changePassword, refuseStep, show, signIn, skipStep } from './authn-service.ts'
import { look } from './engine-service.ts'

const AUTHN = '/api/v1/authn'
/** Steps of states that no transaction can be in: a living one is in another, and a dead one in none. */
const STEPS = [
  'consent',
  'device/activate',
  'factors/:id/lifecycle/activate/:channel',
  'recovery/factors/:channel/resend',
  'recovery/factors/:channel/verify',
]

const shared = { method: 'POST', zone: 'trusted', bucket: 'authn' } as const

export const authnRoutes = (deps: Deps): readonly Route[] => [
  route({
    ...shared,
    url: AUTHN,
    body: AuthnBody,
    summary: 'Sign a person in with name and password for a session token',
    async handler(call) {
      const { options, context, token, ...body } = call.body
      const place = placeOf(deps, call)
      if (token === undefined) {
        const request = { ...body, ...options, deviceToken: context?.deviceToken }
        return answerOf(call, await signIn(deps, call.caller, place, request))
      }
      const { relayState } = body
      return answerOf(call, await openActivation(deps, call.caller, place, { token, relayState, ...options }))
    },
  }),
  route({
    ...shared,
    url: `${AUTHN}/introspect`,
    body: StateTokenBody,
    summary: 'Read the state of an open authentication transaction',
    async handler(call) {
      const situation = await look(deps, call.caller, placeOf(deps, call), call.body.stateToken)
      return answerOf(call, await show(deps, call.caller, situation))
    },
  }),
  route({
    ...shared,
    url: `${AUTHN}/cancel`,
    body: StateTokenBody,
    summary: 'End an open authentication transaction',
    async handler(call) {
      const relayState = await cancel(deps, call.caller, placeOf(deps, call), call.body.stateToken)
      return json(200, relayState === undefined ? {} : { relayState })
    },
  }),
  route({
    ...shared,
    url: `${AUTHN}/skip`,
    body: StateTokenBody,
    summary: 'Pass over a step that may be passed over',
    handler: async (call) =>
      answerOf(call, await skipStep(deps, call.caller, placeOf(deps, call), call.body.stateToken)),
  }),
  route({
    ...shared,
    url: `${AUTHN}/credentials/change_password`,
    body: ChangePasswordBody,
    summary: 'Change a password that has expired or ends soon',
    handler: async (call) => answerOf(call, await changePassword(deps, call.caller, placeOf(deps, call), call.body)),
  }),
  ...STEPS.map((step) =>
    route({
      ...shared,
      url: `${AUTHN}/${step}`,
      body: StateTokenBody,
      summary: 'Go on with an open authentication transaction',
      handler: (call) => refuseStep(deps, call.caller, placeOf(deps, call), call.body.stateToken),
    }),
  ),
]
