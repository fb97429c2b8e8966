// What an access policy may be (spec: 6.4). Pure.
import { invalid, type Refusal } from '#kernel/refusal.ts'
import type { AccessPolicy } from './authorization-server.ts'

/** What can be set of a policy; the rest is ours. */
export interface PolicyDraft extends Pick<AccessPolicy, 'name' | 'description' | 'clients'> {
  /** Absent: it keeps its place, and a new one goes last. */
  readonly priority: number | undefined
  /** Absent: it stays what it is, and a new one is active. */
  readonly status: AccessPolicy['status'] | undefined
}

export const ALL_CLIENTS = 'ALL_CLIENTS'

const NAME_MAX = 100
const TEXT_MAX = 255
const CLIENTS_MAX = 1_000

/** The refusal of a draft, if any. */
export function policyFault(draft: PolicyDraft, isClient: (clientId: string) => boolean): Refusal | undefined {
  const { name, description, clients } = draft
  if (name.trim() === '') return invalid('name', 'name: The field cannot be left blank')
  if (name.length > NAME_MAX) return invalid('name', `name: The field cannot be longer than ${NAME_MAX} characters`)
  if (description.length > TEXT_MAX)
    return invalid('description', `description: The field cannot be longer than ${TEXT_MAX} characters`)
  if (draft.priority !== undefined && draft.priority < 1)
    return invalid('priority', 'priority: The field must be greater than or equal to 1')
  if (clients.length > CLIENTS_MAX)
    return invalid('clients', `conditions.clients.include: At most ${CLIENTS_MAX} clients can be named`)
  if (clients.includes(ALL_CLIENTS) && clients.length > 1)
    return invalid('clients', `conditions.clients.include: '${ALL_CLIENTS}' stands alone`)
  const unknown = clients.find((clientId) => clientId !== ALL_CLIENTS && !isClient(clientId))
  if (unknown !== undefined)
    return invalid('clients', `conditions.clients.include: '${unknown}' is not the id of a client`)
  return undefined
}
