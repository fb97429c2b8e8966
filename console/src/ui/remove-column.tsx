import type { Column } from './data-table.tsx'
import { notifyFailed } from './notify.tsx'
import { RemoveAction } from './remove-action.tsx'

interface RemoveColumnOptions<T> {
  /** "Unassign". */
  readonly action: string
  readonly nameOf: (row: T) => string
  /** What fails is told in a toast. */
  readonly onRemove: (row: T) => unknown
  /** Whether this row can be taken out. */
  readonly isOffered?: (row: T) => boolean
}

/** The last column of a list whose rows can be taken out of it. */
export const removeColumn = <T,>({
  action,
  nameOf,
  onRemove,
  isOffered = () => true,
}: RemoveColumnOptions<T>): Column<T> => ({
  key: 'remove',
  width: 52,
  align: 'right',
  cell: (row) =>
    isOffered(row) && (
      <RemoveAction
        action={action}
        name={nameOf(row)}
        onClick={() => void Promise.resolve(onRemove(row)).catch(notifyFailed)}
      />
    ),
})
