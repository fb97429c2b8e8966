import type { Group } from '../../api/types.ts'

export const GROUP_TYPE_WORDS: Readonly<Record<Group['type'], string>> = {
  BUILT_IN: 'Built in',
  OKTA_GROUP: 'Group',
  APP_GROUP: 'From an app',
}

/** Whose members and profile administrators change. */
export const isOpen = ({ type }: Group): boolean => type === 'OKTA_GROUP'
