// An access policy as its form shows it, and back. Pure.
import type { PolicyBody } from '../../api/access-policies.ts'
import type { AccessPolicy } from '../../api/types.ts'

const ALL_CLIENTS = 'ALL_CLIENTS'

export type PolicyFormValues = {
  name: string
  description: string
  assignedTo: 'all' | 'named'
  /** Client ids. */
  clients: string[]
}

export const newPolicy = (): PolicyFormValues => ({ name: '', description: '', assignedTo: 'all', clients: [] })

export const clientsOf = ({ conditions }: AccessPolicy): readonly string[] =>
  conditions.clients.include.filter((client) => client !== ALL_CLIENTS)

export const isForAll = ({ conditions }: AccessPolicy): boolean => conditions.clients.include.includes(ALL_CLIENTS)

export const toForm = (policy: AccessPolicy): PolicyFormValues => ({
  name: policy.name,
  description: policy.description ?? '',
  assignedTo: isForAll(policy) ? 'all' : 'named',
  clients: [...clientsOf(policy)],
})

/** It keeps its place and its state unless they are named. */
export const toRequest = ({ name, description, assignedTo, clients }: PolicyFormValues): PolicyBody => ({
  type: 'OAUTH_AUTHORIZATION_POLICY',
  name: name.trim(),
  description: description.trim(),
  conditions: { clients: { include: assignedTo === 'all' ? [ALL_CLIENTS] : clients } },
})
