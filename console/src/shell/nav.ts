// The side navigation, in the order and with the names of Okta's guides.
import {
  Activity,
  AppWindow,
  BookOpen,
  Boxes,
  DoorOpen,
  Gauge,
  Globe,
  KeyRound,
  type LucideIcon,
  Mail,
  Plus,
  ShieldCheck,
  ShieldX,
  UserPlus,
  UserRound,
  UsersRound,
} from 'lucide-react'
import type { Self } from '../api/types.ts'

export interface NavItem {
  readonly label: string
  readonly to: string
  readonly icon: LucideIcon
  /** What the person's roles must grant for it to be shown. */
  readonly permission?: string
  /** Shown only where mail goes there. */
  readonly mail?: Self['mail']
  /** Further words that find it in the command palette. */
  readonly words?: string
}

export interface NavSection {
  readonly label: string
  readonly items: readonly NavItem[]
}

/** Whether the person has a use for it; nothing is shown before that is known. */
export const isShown = ({ permission, mail }: NavItem, me: Self | undefined): boolean =>
  (permission === undefined || me?.permissions.includes(permission) === true) &&
  (mail === undefined || me?.mail === mail)

export const DASHBOARD: NavItem = { label: 'Dashboard', to: '/', icon: Gauge, words: 'home overview' }

export const NAVIGATION: readonly NavSection[] = [
  {
    label: 'Directory',
    items: [
      { label: 'People', to: '/directory/people', icon: UserRound, permission: 'okta.users.read', words: 'users' },
      { label: 'Groups', to: '/directory/groups', icon: UsersRound, permission: 'okta.groups.read' },
      {
        label: 'Mailbox',
        to: '/directory/mailbox',
        icon: Mail,
        permission: 'okta.mailbox.read',
        mail: 'mailbox',
        words: 'e-mail messages development',
      },
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
        label: 'Authenticators',
        to: '/security/authenticators',
        icon: KeyRound,
        permission: 'okta.policies.read',
        words: 'password policy complexity lockout recovery enrollment mfa passkeys',
      },
      {
        label: 'Global session policy',
        to: '/security/global-session-policy',
        icon: DoorOpen,
        permission: 'okta.policies.read',
        words: 'sign-in sign-on mfa second factor session lifetime okta_sign_on',
      },
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

/** What can be begun from anywhere, by the command palette. */
export interface NavAction extends NavItem {
  readonly search?: Readonly<Record<string, string>>
}

export const ACTIONS: readonly NavAction[] = [
  {
    label: 'Add person',
    to: '/directory/people/new',
    icon: UserPlus,
    permission: 'okta.users.manage',
    words: 'create new user',
  },
  {
    label: 'Add group',
    to: '/directory/groups',
    search: { dialog: 'add' },
    icon: UsersRound,
    permission: 'okta.groups.manage',
    words: 'create new',
  },
  {
    label: 'Add application',
    to: '/applications/new',
    icon: Plus,
    permission: 'okta.apps.manage',
    words: 'create new app integration client',
  },
  {
    label: 'Add trusted origin',
    to: '/security/api',
    search: { tab: 'trusted-origins', dialog: 'add' },
    icon: Globe,
    permission: 'okta.trustedOrigins.manage',
    words: 'create new cors redirect',
  },
]
