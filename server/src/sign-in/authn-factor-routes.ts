// Factors in the classic authentication API.
import { type Call, type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { answerOf, placeOf } from './authn-answer.ts'
import { activateFactor, enrollFactor, previous, resendCode, verifyFactor } from './authn-factor-service.ts'
import { EnrollBody, FactorProofBody, StateTokenBody } from './authn-schema.ts'

const FACTORS = '/api/v1/authn/factors'
const shared = { method: 'POST', zone: 'trusted', bucket: 'authn' } as const

export const authnFactorRoutes = (deps: Deps): readonly Route[] => [
  route({
    ...shared,
    url: FACTORS,
    body: EnrollBody,
    summary: 'Begin to enrol a factor within a transaction',
    handler: async (call) => answerOf(call, await enrollFactor(deps, call.caller, placeOf(deps, call), call.body)),
  }),
  route({
    ...shared,
    url: `${FACTORS}/:id/lifecycle/activate`,
    body: FactorProofBody,
    summary: 'Activate a factor within a transaction',
    handler: async (call) =>
      answerOf(call, await activateFactor(deps, call.caller, placeOf(deps, call), factorOf(call), call.body)),
  }),
  route({
    ...shared,
    bucket: 'authn-verify',
    url: `${FACTORS}/:id/verify`,
    body: FactorProofBody,
    summary: 'Ask for a factor, or prove it, within a transaction',
    async handler(call) {
      const rememberDevice = call.body.rememberDevice === true || call.query.get('rememberDevice') === 'true'
      const request = { ...call.body, rememberDevice }
      return answerOf(call, await verifyFactor(deps, call.caller, placeOf(deps, call), factorOf(call), request))
    },
  }),
  ...(
    [
      ['verify/resend', 'answer-challenge'],
      ['lifecycle/resend', 'activate-factor'],
    ] as const
  ).map(([path, step]) =>
    route({
      ...shared,
      url: `${FACTORS}/:id/${path}`,
      body: StateTokenBody,
      summary: 'Mail a code within a transaction again',
      async handler(call) {
        const request = { stateToken: call.body.stateToken, step }
        return answerOf(call, await resendCode(deps, call.caller, placeOf(deps, call), factorOf(call), request))
      },
    }),
  ),
  route({
    ...shared,
    url: '/api/v1/authn/previous',
    body: StateTokenBody,
    summary: 'Go back to the choice of a factor',
    handler: async (call) =>
      answerOf(call, await previous(deps, call.caller, placeOf(deps, call), call.body.stateToken)),
  }),
]

const factorOf = (call: Pick<Call, 'params'>): string => call.params.id ?? ''
