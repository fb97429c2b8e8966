// How many people there are, for the console's first page.
import type { Caller } from '#kernel/caller.ts'
import type { Deps } from '../deps.ts'
import { selectUserCounts } from './count-view.ts'
import type { UserStatus } from './user.ts'

/** By status; one that nobody has is left out. */
export const countUsers = (deps: Pick<Deps, 'db'>, caller: Caller): Promise<ReadonlyMap<UserStatus, number>> =>
  deps.db.scan(selectUserCounts(deps.db.for(caller.org)))
