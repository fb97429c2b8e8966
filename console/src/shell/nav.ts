// The side navigation, in the order and with the names of Okta's guides.
import {
  Activity,
  AppWindow,
  BookOpen,
  Boxes,
  Gauge,
  type LucideIcon,
  ShieldCheck,
  ShieldX,
  UserRound,
  UsersRound,
} from 'lucide-react'

export interface NavItem {
  readonly label: string
  readonly to: string
  readonly icon: LucideIcon
  /** What the person's roles must grant for it to be shown. */
  readonly permission?: string
  /** Further words that find it in the command palette. */
  readonly words?: string
}

export interface NavSection {
  readonly label: string
  readonly items: readonly NavItem[]
}

export const DASHBOARD: NavItem = { label: 'Dashboard', to: '/', icon: Gauge, words: 'home overview' }

export const NAVIGATION: readonly NavSection[] = [
  {
    label: 'Directory',
    items: [
      { label: 'People', to: '/directory/people', icon: UserRound, permission: 'okta.users.read', words: 'users' },
      { label: 'Groups', to: '/directory/groups', icon: UsersRound, permission: 'okta.groups.read' },
    ],
  },
  {
    label: 'Applications',
    items: [
      {
        label: 'Applications',
        to: '/applications',
        icon: AppWindow,
        permission: 'okta.apps.read',
        words: 'apps clients integrations oidc',
      },
    ],
  },
  {
    label: 'Security',
    items: [
      {
        label: 'API',
        to: '/security/api',
        icon: ShieldCheck,
        permission: 'okta.authorizationServers.read',
        words: 'authorization servers tokens trusted origins cors issuer scopes claims',
      },
    ],
  },
  {
    label: 'Reports',
    items: [
      { label: 'System Log', to: '/reports/system-log', icon: Activity, permission: 'okta.logs.read', words: 'events' },
      {
        label: 'Refused requests',
        to: '/reports/refused-requests',
        icon: ShieldX,
        permission: 'okta.logs.read',
        words: 'errors redirect uri cors denied',
      },
    ],
  },
  {
    label: 'Settings',
    items: [
      {
        label: 'Features',
        to: '/settings/features',
        icon: Boxes,
        permission: 'okta.features.read',
        words: 'early access beta refresh token rotation',
      },
      { label: 'Guides', to: '/guides', icon: BookOpen, words: 'help documentation' },
    ],
  },
]
