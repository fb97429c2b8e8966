// The cookie that names a browser for as long as it keeps it: what a second factor is remembered by. Its value is long and random, and only
// its hash is kept, so that one that was made up names no browser.
import { cookie } from '#http/cookies.ts'
import type { Call } from '#http/route.ts'
import { DAY, SECOND } from '#kernel/instant.ts'
import { randomToken } from '#kernel/secret.ts'
import type { Deps } from '../deps.ts'
import { DEVICE_DAYS } from './remembered-device.ts'

/** Okta's name. */
const DEVICE_COOKIE = 'DT'
const VALUE = /^[\w-]{43}$/

/** The browser's device, and what sets its cookie: a new one where it has none that is ours. */
export function deviceOf(deps: Pick<Deps, 'random'>, call: Call): { readonly device: string; readonly cookie: string } {
  const known = call.cookies.get(DEVICE_COOKIE)
  const device = known !== undefined && VALUE.test(known) ? known : randomToken(deps.random)
  const secure = call.caller.orgUrl.startsWith('https:')
  const maxAge = (DEVICE_DAYS * DAY) / SECOND
  return { device, cookie: cookie(DEVICE_COOKIE, device, { sameSite: 'None', secure, maxAge }) }
}

/** The device as it is, for a request that sets no cookie. */
export function knownDevice(call: Call): string | undefined {
  const known = call.cookies.get(DEVICE_COOKIE)
  return known !== undefined && VALUE.test(known) ? known : undefined
}
