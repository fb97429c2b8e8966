// Recovery in the classic authentication API (spec of sign-in: 1.5): the mail is asked for, its token opens a transaction, the question and
// the new password are its steps.
import { json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import type { Caller } from '#kernel/caller.ts'
import type { Instant } from '#kernel/instant.ts'
import { invalid } from '#kernel/refusal.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { answerOf, placeOf } from './authn-answer.ts'
import { handedOverToWire } from './authn-answer-schema.ts'
import { answerRecovery, openRecovery, resetPassword } from './authn-recovery-service.ts'
import { AnswerBody, RecoveryRequestBody, RecoveryTokenBody, ResetPasswordBody } from './authn-schema.ts'
import type { InterruptedWay } from './password-link.ts'

const AUTHN = '/api/v1/authn'
const shared = { method: 'POST', zone: 'trusted', bucket: 'authn' } as const

interface LinkWish {
  readonly purpose: 'recovery' | 'unlock'
  readonly identifier: string
  readonly way: InterruptedWay
}

/** The recovery room's. */
export interface LinkDoors {
  /** Asks for the mail. */
  ask(caller: Caller, wish: LinkWish): Promise<void>
  /** Gives an app with an API token what the mail would have carried. */
  handOver(caller: Caller, wish: LinkWish): Promise<{ user: User; token: string; expires: Instant }>
}

export const authnRecoveryRoutes = (deps: Deps, links: LinkDoors): readonly Route[] => [
  ...(['recovery', 'unlock'] as const).map((purpose) =>
    route({
      ...shared,
      url: `${AUTHN}/recovery/${purpose === 'recovery' ? 'password' : 'unlock'}`,
      body: RecoveryRequestBody,
      summary: purpose === 'recovery' ? 'Ask for a link to another password' : 'Ask for a link that ends a lockout',
      async handler({ caller, body: { username, factorType, relayState } }) {
        const way = relayState === undefined ? {} : { relayState }
        const wish = { purpose, identifier: username, way }
        if (factorType === undefined) {
          if (caller.actor.kind !== 'api-token')
            throw invalid('factorType', 'factorType: The field cannot be left blank')
          const handed = await links.handOver(caller, wish)
          return json(200, handedOverToWire(caller.orgUrl, { purpose, relayState, ...handed }))
        }
        await links.ask(caller, wish)
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
