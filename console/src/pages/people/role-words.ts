// The administrator roles that the API grants, by Okta's names, and what each may do here. A test of the server holds the list to be whole.

interface RoleWords {
  readonly label: string
  readonly may: string
}

export const ROLE_WORDS: Readonly<Record<string, RoleWords>> = {
  SUPER_ADMIN: { label: 'Super Administrator', may: 'Everything, and grants roles to others.' },
  ORG_ADMIN: {
    label: 'Organizational Administrator',
    may: 'Everything but granting roles and changing super administrators.',
  },
  APP_ADMIN: {
    label: 'Application Administrator',
    may: 'Manages apps and who is assigned to them; reads people, groups and the System Log.',
  },
  USER_ADMIN: { label: 'User Administrator', may: 'Manages people and groups.' },
  HELP_DESK_ADMIN: { label: 'Help Desk Administrator', may: 'Reads people and groups.' },
  GROUP_MEMBERSHIP_ADMIN: { label: 'Group Membership Administrator', may: 'Reads people and groups.' },
  READ_ONLY_ADMIN: { label: 'Read Only Administrator', may: 'Reads everything and changes nothing.' },
  REPORT_ADMIN: { label: 'Report Administrator', may: 'Reads the System Log and the reports.' },
  API_ACCESS_MANAGEMENT_ADMIN: {
    label: 'API Access Management Administrator',
    may: 'Manages authorization servers; reads apps.',
  },
}

export const ROLE_TYPES: readonly string[] = Object.keys(ROLE_WORDS)
