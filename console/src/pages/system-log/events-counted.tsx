import { ScrollArea, Table, Text } from '@mantine/core'
import type { LogHistogram } from '../../api/types.ts'
import { countsOf, stretchOf } from './bucket-words.ts'
import { OUTCOME_GROUPS } from './outcome-groups.ts'

/** The numbers of the chart, without the times in which nothing happened. */
export function EventsCounted({ histogram: { buckets, bucketWidth } }: { readonly histogram: LogHistogram }) {
  const busy = buckets.filter(({ total }) => total > 0)
  return (
    <ScrollArea.Autosize mah={260} tabIndex={0}>
      <Table aria-label="Events over time" fz="xs" horizontalSpacing={6} captionSide="bottom">
        <Table.Caption>
          <Text size="xs" span>
            Times without events are left out. Tokens that were given together count as one event.
          </Text>
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Time</Table.Th>
            {OUTCOME_GROUPS.map(({ value, label }) => (
              <Table.Th key={value} ta="right">
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {busy.map((bucket) => (
            <Table.Tr key={bucket.from}>
              <Table.Td>{stretchOf(bucket, bucketWidth)}</Table.Td>
              {countsOf(bucket).map((count, at) => (
                <Table.Td key={OUTCOME_GROUPS[at]?.value} ta="right">
                  {count}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}
