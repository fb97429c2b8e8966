// Where an org's Admin Console is: at the org's own origin, or at the one that the operator has set apart for it (`KEYSTEAD_ADMIN_URL`,
// which belongs to the org of `KEYSTEAD_URL`).

export interface ConsolePlaces {
  readonly url: string
  readonly adminUrl: string
}

/** The same host is the same place, whatever the scheme. */
export const consoleUrlOf = ({ url, adminUrl }: ConsolePlaces, orgUrl: string): string =>
  orgUrl === url && new URL(adminUrl).host !== new URL(url).host ? adminUrl : orgUrl

export const CONSOLE_PATH = '/admin/'
export const SIGN_IN_PATH = '/admin/sign-in'
export const CALLBACK_PATH = '/admin/callback'
export const SIGN_OUT_PATH = '/admin/sign-out'

/**
 * The name under which people look for an org's console: `id-admin.example.com` beside `id.example.com`. Undefined where the org's own
 * name has one label alone, or is an address.
 */
export function consoleNameOf(host: string): string | undefined {
  const [, first = '', rest = ''] = /^([^.:[\]]+)(\.[^[\]]+)$/.exec(host) ?? []
  return first === '' || /\.\d+(:\d+)?$/.test(rest) ? undefined : `${first}-admin${rest}`
}
