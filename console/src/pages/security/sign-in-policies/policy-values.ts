// A policy's name and whom it is for, as a form shows them, and back. What the form does not show is sent as it was. Pure.
import type { PolicyBody } from '../../../api/policies.ts'
import type { Policy } from '../../../api/types.ts'

export type PolicyFormValues = {
  name: string
  description: string
  /** Ids. */
  groups: string[]
}

export const newPolicy = (): PolicyFormValues => ({ name: '', description: '', groups: [] })

export const groupsOf = ({ conditions }: Pick<Policy, 'conditions'>): readonly string[] =>
  conditions?.people?.groups?.include ?? []

export const toForm = (policy: Policy): PolicyFormValues => ({
  name: policy.name,
  description: policy.description ?? '',
  groups: [...groupsOf(policy)],
})

/** It keeps its place and its state unless they are named. */
export const toRequest = (
  { name, description, groups }: PolicyFormValues,
  { type, settings }: Pick<Policy, 'type' | 'settings'>,
): PolicyBody => ({
  type,
  name: name.trim(),
  description: description.trim(),
  conditions: { people: { groups: { include: groups } } },
  ...(settings && { settings }),
})

/** In the server's words. */
export const groupsProblem = (groups: readonly string[], isSystem: boolean): string | undefined =>
  groups.length === 0 && !isSystem ? 'At least one group must be named' : undefined
