// Recovery in the classic authentication API (spec of sign-in: 1.5): the mail is asked for, its token opens a transaction, the question and
// the new password are its steps.
import { json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { answerOf, placeOf } from './authn-answer.ts'
import { answerRecovery, openRecovery, resetPassword } from './authn-recovery-service.ts'
import { AnswerBody, RecoveryRequestBody, RecoveryTokenBody, ResetPasswordBody } from './authn-schema.ts'
import type { InterruptedWay } from './password-link.ts'

const AUTHN = '/api/v1/authn'
const shared = { method: 'POST', zone: 'trusted', bucket: 'authn' } as const

/** Asks for the mail: the recovery room's. */
export type AskForLink = (
  caller: Parameters<Route['handler']>[0]['caller'],
  request: { readonly purpose: 'recovery' | 'unlock'; readonly identifier: string; readonly way: InterruptedWay },
) => Promise<void>

export const authnRecoveryRoutes = (deps: Deps, askForLink: AskForLink): readonly Route[] => [
  ...(['recovery', 'unlock'] as const).map((purpose) =>
    route({
      ...shared,
      url: `${AUTHN}/recovery/${purpose === 'recovery' ? 'password' : 'unlock'}`,
      body: RecoveryRequestBody,
      summary: purpose === 'recovery' ? 'Ask for a link to another password' : 'Ask for a link that ends a lockout',
      async handler({ caller, body: { username, relayState } }) {
        const way = relayState === undefined ? {} : { relayState }
        await askForLink(caller, { purpose, identifier: username, way })
        // The same for everybody, whoever they are.
        return json(200, {
          status: 'RECOVERY_CHALLENGE',
          factorResult: 'WAITING',
          factorType: 'EMAIL',
          recoveryType: purpose === 'recovery' ? 'PASSWORD' : 'UNLOCK',
          ...way,
        })
      },
    }),
  ),
  route({
    ...shared,
    url: `${AUTHN}/recovery/token`,
    body: RecoveryTokenBody,
    summary: 'Begin a recovery with the token of a mail',
    async handler(call) {
      const { recoveryToken: token, options } = call.body
      return answerOf(call, await openRecovery(deps, call.caller, placeOf(deps, call), { token, ...options }))
    },
  }),
  route({
    ...shared,
    url: `${AUTHN}/recovery/answer`,
    body: AnswerBody,
    summary: 'Answer the recovery question',
    handler: async (call) => answerOf(call, await answerRecovery(deps, call.caller, placeOf(deps, call), call.body)),
  }),
  route({
    ...shared,
    url: `${AUTHN}/credentials/reset_password`,
    body: ResetPasswordBody,
    summary: 'Choose another password within a recovery',
    handler: async (call) => answerOf(call, await resetPassword(deps, call.caller, placeOf(deps, call), call.body)),
  }),
]
