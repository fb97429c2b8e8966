// A group as its form holds it, and as the API takes it. Pure.
import type { Group } from '../../api/types.ts'

export interface GroupValues extends Record<string, unknown> {
  readonly name: string
  readonly description: string
}

export const NEW_GROUP: GroupValues = { name: '', description: '' }

export const toForm = ({ profile }: Group): GroupValues => ({
  name: profile.name,
  description: profile.description ?? '',
})

/** The whole profile: attributes that the form does not know stay as they are. */
export const toRequest = (values: GroupValues, before?: Group): Readonly<Record<string, unknown>> => ({
  ...before?.profile,
  name: values.name.trim(),
  description: values.description.trim() || null,
})

const NAME_MAX = 255
const DESCRIPTION_MAX = 1024
const tooLong = (text: string, max: number) =>
  Array.from(text).length > max ? { problem: `The field cannot have more than ${max} characters` } : undefined

/** In the server's words; a test of the server holds the two to be the same. */
export function groupProblems({ name, description }: GroupValues): Partial<Record<'name' | 'description', string>> {
  const blank = name.trim() === '' ? { problem: 'The field cannot be left blank' } : undefined
  const ofName = blank ?? tooLong(name.trim(), NAME_MAX)
  const ofDescription = tooLong(description.trim(), DESCRIPTION_MAX)
  return {
    ...(ofName ? { name: ofName.problem } : {}),
    ...(ofDescription ? { description: ofDescription.problem } : {}),
  }
}
