// Where the pages of the End-User Dashboard stand. Pure.

export const DASHBOARD_PATH = '/app/UserHome'

/** Those that every page leads to, in that order. */
export const SECTIONS = [
  { key: 'apps', path: DASHBOARD_PATH, name: 'My apps' },
  { key: 'profile', path: `${DASHBOARD_PATH}/profile`, name: 'Profile' },
  { key: 'password', path: `${DASHBOARD_PATH}/password`, name: 'Password' },
  { key: 'security', path: `${DASHBOARD_PATH}/security`, name: 'Security methods' },
  { key: 'sessions', path: `${DASHBOARD_PATH}/sessions`, name: 'Sessions' },
  { key: 'connected', path: `${DASHBOARD_PATH}/connected-apps`, name: 'Connected apps' },
] as const
export type Section = (typeof SECTIONS)[number]['key']

export const pathOf = (section: Section): string => SECTIONS.find(({ key }) => key === section)?.path ?? DASHBOARD_PATH

export const SECURITY_PATHS = {
  setUp: `${pathOf('security')}/set-up`,
  activate: `${pathOf('security')}/activate`,
  resend: `${pathOf('security')}/resend`,
  remove: `${pathOf('security')}/remove`,
} as const

/** Whether that is one of them, with whatever query: nothing else is led back to after a sign-in. */
export const isDashboardPath = (path: string): boolean =>
  /^\/app\/UserHome(?:\/[a-z-]+)*(?:\?[\w=&%.*+~-]*)?$/.test(path)
