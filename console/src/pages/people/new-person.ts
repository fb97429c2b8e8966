// A person as the form "Add person" holds them, and as the API takes them. Pure.
import type { Creation } from '../../api/users.ts'
import { profileProblems } from './profile-problems.ts'

export interface NewPersonValues extends Record<string, unknown> {
  readonly firstName: string
  readonly lastName: string
  readonly login: string
  readonly email: string
  readonly secondEmail: string
  readonly groupIds: readonly string[]
  readonly activation: 'now' | 'later'
  readonly setsPassword: boolean
  readonly password: string
  readonly mustChange: boolean
}

export const NEW_PERSON: NewPersonValues = {
  firstName: '',
  lastName: '',
  login: '',
  email: '',
  secondEmail: '',
  groupIds: [],
  activation: 'now',
  setsPassword: false,
  password: '',
  mustChange: true,
}

type Address = 'login' | 'email'

/** Username and primary email are mostly the same: the one follows the other until it is typed itself. */
export function followed(
  values: NewPersonValues,
  typed: ReadonlySet<Address>,
  name: Address,
  text: string,
): Pick<NewPersonValues, Address> {
  const other = name === 'login' ? 'email' : 'login'
  return { login: values.login, email: values.email, [name]: text, ...(typed.has(other) ? {} : { [other]: text }) }
}

const attributesOf = ({ firstName, lastName, login, email, secondEmail }: NewPersonValues) => ({
  firstName: firstName.trim(),
  lastName: lastName.trim(),
  login: login.trim(),
  email: email.trim(),
  secondEmail: secondEmail.trim(),
})

export function toRequest(values: NewPersonValues): Creation {
  const { secondEmail, ...profile } = attributesOf(values)
  const activate = values.activation === 'now'
  return {
    body: {
      profile: { ...profile, ...(secondEmail === '' ? {} : { secondEmail }) },
      ...(values.setsPassword ? { credentials: { password: { value: values.password } } } : {}),
      ...(values.groupIds.length > 0 ? { groupIds: values.groupIds } : {}),
    },
    activate,
    mustChangePassword: values.setsPassword && activate && values.mustChange,
  }
}

const GROUPS_MAX = 20

export const newPersonProblems = (values: NewPersonValues): Record<string, string> => ({
  ...profileProblems(attributesOf(values)),
  ...(values.setsPassword && values.password === '' ? { password: 'The field cannot be left blank' } : {}),
  ...(values.groupIds.length > GROUPS_MAX ? { groupIds: `Choose at most ${GROUPS_MAX} groups.` } : {}),
})
