// A person's profile as its form holds it, and as the API takes it. Pure.
import type { User } from '../../api/types.ts'
import { PROFILE_FIELDS } from './profile-fields.ts'

export type Profile = User['profile']
export type ProfileValues = Record<string, string>

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export const toForm = (profile: Profile): ProfileValues =>
  Object.fromEntries(PROFILE_FIELDS.map(({ name }) => [name, textOf(profile[name])]))

/** What was changed, and nothing else: the rest is as others leave it. What was emptied is null. */
export function toRequest(before: ProfileValues, after: ProfileValues): Record<string, string | null> {
  const changed = PROFILE_FIELDS.filter(({ name }) => before[name] !== after[name]?.trim())
  return Object.fromEntries(changed.map(({ name }) => [name, after[name]?.trim() || null]))
}

/** The attributes that the org added itself, as text. */
export const ownAttributes = (profile: Profile): readonly (readonly [name: string, text: string])[] =>
  Object.entries(profile)
    .filter(([name, value]) => value !== null && !PROFILE_FIELDS.some((field) => field.name === name))
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)])
