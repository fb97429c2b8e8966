// What the routes of the classic authentication API share: whose transaction it is, and how it is answered.
import { type Answer, json } from '#http/answer.ts'
import type { Call } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { toWire } from './authn-answer-schema.ts'
import type { Shown } from './authn-service.ts'
import { deviceCookies, deviceOf } from './device-cookie.ts'
import type { Place } from './engine-service.ts'

/** A browser that calls with its cookies is known by its device. */
export const placeOf = (deps: Pick<Deps, 'random'>, call: Call): Place => ({
  face: 'authn',
  device: deviceOf(deps, call),
})

export function answerOf(call: Call, shown: Shown): Answer {
  const cookies = shown.kind === 'success' ? deviceCookies(call, shown.situation) : []
  return json(200, toWire(call.caller.orgUrl, shown), { cookies })
}
