import type { AccessRule } from '../../api/types.ts'
import { NamesOf } from './names-of.tsx'
import { toForm } from './rule-values.ts'

/** For whom a rule counts, in a few words. */
export function RulePeople({ rule }: { readonly rule: AccessRule }) {
  const { people, users, groups, exceptUsers, exceptGroups } = toForm(rule)
  const exceptions = exceptUsers.length + exceptGroups.length
  return (
    <>
      {people === 'everyone' ? (
        'Everyone'
      ) : users.length + groups.length === 0 ? (
        'No user'
      ) : (
        <>
          <NamesOf kind="group" ids={groups} />
          {users.length > 0 && groups.length > 0 ? ', ' : ''}
          <NamesOf kind="person" ids={users} />
        </>
      )}
      {exceptions > 0 ? `, with ${exceptions} left out` : ''}
    </>
  )
}
