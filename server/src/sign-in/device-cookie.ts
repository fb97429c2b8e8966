// The cookie that names a browser for as long as it keeps it: what a second factor is remembered by. Its value is long and random, and only
// its hash is kept. Each sign-in after which a browser is remembered draws another: whoever has planted a value there knows the new one as
// little as anybody.
import { cookie } from '#http/cookies.ts'
import type { Call } from '#http/route.ts'
import { DAY, SECOND } from '#kernel/instant.ts'
import { randomToken } from '#kernel/secret.ts'
import type { Deps } from '../deps.ts'
import type { Device, Situation } from './engine-service.ts'
import { DEVICE_DAYS } from './remembered-device.ts'

/** Okta's name. */
const DEVICE_COOKIE = 'DT'
const VALUE = /^[\w-]{43}$/

/** The names of the browser's device: the one that it brings, if it can be ours, and the next. */
export function deviceOf(deps: Pick<Deps, 'random'>, call: Call): Device {
  const known = call.cookies.get(DEVICE_COOKIE)
  return { known: known !== undefined && VALUE.test(known) ? known : undefined, next: randomToken(deps.random) }
}

/** What gives the browser its device's next name, for a sign-in after which it is remembered. */
export function deviceCookies(call: Call, { place, kept }: Situation): readonly string[] {
  const { rememberDevice, deviceHash } = kept.standing
  if (!rememberDevice || deviceHash !== undefined || place.device === undefined) return []
  const secure = call.caller.orgUrl.startsWith('https:')
  return [cookie(DEVICE_COOKIE, place.device.next, { sameSite: 'None', secure, maxAge: (DEVICE_DAYS * DAY) / SECOND })]
}
