// A cursor-paged table: rows as they come, a button for more, and the three other states.
import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { ShowMore } from './show-more.tsx'
import { Failed, Loading } from './states.tsx'
import type { Pages } from './use-pages.ts'

export interface Column<T> {
  readonly key: string
  /** A column of buttons has none. */
  readonly header?: ReactNode
  readonly cell: (row: T) => ReactNode
  /** CSS width. */
  readonly width?: string | number
  /** Narrower screens do without it. */
  readonly visibleFrom?: 'xs' | 'sm' | 'md' | 'lg'
  readonly align?: 'right'
}

interface DataTableProps<T> {
  /** What the table lists, for screen readers: "Applications". */
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly pages: Pages<T>
  readonly rowKey: (row: T) => string
  /** Shown where there are no rows at all. */
  readonly empty: ReactNode
  /** Shown under a row, over all columns; undefined shows nothing. */
  readonly detail?: (row: T) => ReactNode
}

export function DataTable<T>({ label, columns, pages, rowKey, empty, detail }: DataTableProps<T>) {
  if (pages.isPending) return <Loading />
  if (pages.error && pages.rows.length === 0) return <Failed error={pages.error} onRetry={pages.retry} />
  if (pages.rows.length === 0) return empty
  return (
    <>
      <Table.ScrollContainer minWidth={0} type="native">
        <Table aria-label={label} highlightOnHover verticalSpacing={8} horizontalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ key, header, width, visibleFrom, align }) => (
                <Table.Th key={key} w={width} visibleFrom={visibleFrom} ta={align} fz="xs" c="dimmed" fw={600}>
                  {header ?? <span aria-hidden="true" />}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {pages.rows.map((row) => (
              <Row key={rowKey(row)} row={row} columns={columns} detail={detail?.(row)} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <ShowMore pages={pages} />
    </>
  )
}

interface RowProps<T> {
  readonly row: T
  readonly columns: readonly Column<T>[]
  readonly detail: ReactNode
}

function Row<T>({ row, columns, detail }: RowProps<T>) {
  return (
    <>
      <Table.Tr>
        {columns.map(({ key, cell, visibleFrom, align }) => (
          <Table.Td key={key} visibleFrom={visibleFrom} ta={align} style={{ overflowWrap: 'anywhere' }}>
            {cell(row)}
          </Table.Td>
        ))}
      </Table.Tr>
      {detail !== undefined && (
        <Table.Tr>
          <Table.Td colSpan={columns.length}>
            {/* What is wide in it scrolls for itself, and makes no column wider. */}
            <div style={{ contain: 'inline-size' }}>{detail}</div>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  )
}
