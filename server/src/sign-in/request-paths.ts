/** Where somebody asks for a link by mail: the page, and what its form leads to. */
export const REQUEST_PATHS = {
  recovery: { ask: '/signin/forgot-password', send: '/signin/recover' },
  unlock: { ask: '/signin/unlock-account', send: '/signin/send-unlock' },
} as const
