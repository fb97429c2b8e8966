// Where a link that proves who somebody is leads: its path is the only thing about it that people see.
export const LINK_KINDS = ['recovery', 'activation', 'unlock'] as const
export type LinkKind = (typeof LINK_KINDS)[number]

/** Before the token. */
export const LINK_PATHS: Readonly<Record<LinkKind, string>> = {
  recovery: '/signin/reset-password',
  activation: '/welcome',
  unlock: '/signin/unlock',
}
