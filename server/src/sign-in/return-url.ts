// Where a browser may be sent that brings its own address (spec of OAuth: 7.4): to the org itself and to trusted origins with the scope
// REDIRECT, compared as whole origins. Everything else is refused, never followed.
import { parseOrigin, returnOriginOf } from '#kernel/origin.ts'
import { isTrusted, type TrustedOrigin } from '#trusted-origins/trusted-origin.ts'

/** The address in the spelling that goes into `Location`, or undefined where it leads elsewhere. */
export function decideReturnUrl(
  orgUrl: string,
  trustedOrigins: readonly TrustedOrigin[],
  asked: string,
): string | undefined {
  // A path of the org: one slash, and nothing that browsers read as two.
  const whole = /^\/(?![/\\])[^\\]*$/.test(asked) ? `${orgUrl}${asked}` : asked
  const origin = returnOriginOf(whole)
  if (origin === undefined) return undefined
  if (origin !== parseOrigin(orgUrl) && !isTrusted(trustedOrigins, 'REDIRECT', origin)) return undefined
  return URL.parse(whole)?.href
}
