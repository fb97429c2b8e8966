// A rule of an access policy as its form shows it, and back. Pure.
import type { RuleBody } from '../../api/access-policies.ts'
import type { AccessRule } from '../../api/types.ts'

const EVERYONE = 'EVERYONE'
const ANY_SCOPE = '*'

export type RuleFormValues = {
  name: string
  grantTypes: string[]
  people: 'everyone' | 'named'
  users: string[]
  groups: string[]
  exceptUsers: string[]
  exceptGroups: string[]
  reach: 'any' | 'named'
  scopes: string[]
  /** A number field that is empty holds an empty text. */
  accessMinutes: number | string
  refreshMinutes: number | string
  windowMinutes: number | string
}

export const newRule = (): RuleFormValues => ({
  name: '',
  grantTypes: ['authorization_code'],
  people: 'everyone',
  users: [],
  groups: [],
  exceptUsers: [],
  exceptGroups: [],
  reach: 'any',
  scopes: [],
  accessMinutes: 60,
  refreshMinutes: 0,
  windowMinutes: 10_080,
})

export const toForm = ({ name, conditions, actions }: AccessRule): RuleFormValues => ({
  name,
  grantTypes: [...conditions.grantTypes.include],
  people: conditions.people.groups.include.includes(EVERYONE) ? 'everyone' : 'named',
  users: [...conditions.people.users.include],
  groups: conditions.people.groups.include.filter((id) => id !== EVERYONE),
  exceptUsers: [...conditions.people.users.exclude],
  exceptGroups: [...conditions.people.groups.exclude],
  reach: conditions.scopes.include.includes(ANY_SCOPE) ? 'any' : 'named',
  scopes: conditions.scopes.include.filter((scope) => scope !== ANY_SCOPE),
  accessMinutes: actions.token.accessTokenLifetimeMinutes,
  refreshMinutes: actions.token.refreshTokenLifetimeMinutes,
  windowMinutes: actions.token.refreshTokenWindowMinutes,
})

/** It keeps its place and its state unless they are named. */
export const toRequest = (values: RuleFormValues): RuleBody => ({
  type: 'RESOURCE_ACCESS',
  name: values.name.trim(),
  conditions: {
    people: {
      users: { include: values.people === 'everyone' ? [] : values.users, exclude: values.exceptUsers },
      groups: { include: values.people === 'everyone' ? [EVERYONE] : values.groups, exclude: values.exceptGroups },
    },
    grantTypes: { include: values.grantTypes },
    scopes: { include: values.reach === 'any' ? [ANY_SCOPE] : values.scopes },
  },
  actions: {
    token: {
      accessTokenLifetimeMinutes: Number(values.accessMinutes),
      refreshTokenLifetimeMinutes: Number(values.refreshMinutes),
      refreshTokenWindowMinutes: Number(values.windowMinutes),
    },
  },
})
