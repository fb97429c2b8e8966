import { ActionIcon, Box, Group, Text } from '@mantine/core'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { LogEvent } from '../../api/types.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { type RowAction, RowMenu } from '../../ui/row-menu.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Time } from '../../ui/time.tsx'
import type { Pages } from '../../ui/use-pages.ts'
import { EventDetail } from './event-detail.tsx'
import { condition } from './filter-text.ts'
import { Party } from './party.tsx'
import { appOf, nameOf } from './party-links.ts'

interface EventsTableProps {
  readonly pages: Pages<LogEvent>
  readonly empty: ReactNode
  /** Asks for those events only that fulfil one condition more. */
  readonly onNarrow: (condition: string) => void
}

export function EventsTable({ pages, empty, onNarrow }: EventsTableProps) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const toggle = (uuid: string) => setOpened(opened.symmetricDifference(new Set([uuid])))

  const columns: readonly Column<LogEvent>[] = [
    {
      key: 'open',
      width: 40,
      cell: ({ uuid, displayMessage }) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-expanded={opened.has(uuid)}
          aria-label={`Details of ${displayMessage}`}
          onClick={() => toggle(uuid)}
        >
          {opened.has(uuid) ? <ChevronDown size={16} /> : <ChevronRight size={16} />}
        </ActionIcon>
      ),
    },
    {
      key: 'time',
      header: 'Time',
      width: 190,
      visibleFrom: 'sm',
      cell: ({ published }) => <Time at={published} seconds />,
    },
    { key: 'actor', header: 'Actor', visibleFrom: 'md', cell: ({ actor }) => <Party party={actor} /> },
    { key: 'event', header: 'Event', cell: (event) => <EventCell event={event} /> },
    { key: 'target', header: 'Targets', visibleFrom: 'md', cell: ({ target }) => <Targets targets={target ?? []} /> },
    {
      key: 'outcome',
      header: 'Outcome',
      width: 110,
      visibleFrom: 'sm',
      cell: ({ outcome }) => <StatusBadge status={outcome.result} />,
    },
    {
      key: 'menu',
      width: 52,
      align: 'right',
      cell: (event) => <RowMenu of={event.displayMessage} actions={narrowing(event, onNarrow)} />,
    },
  ]
  return (
    <DataTable
      label="Events"
      columns={columns}
      pages={pages}
      rowKey={({ uuid }) => uuid}
      empty={empty}
      detail={(event) => (opened.has(event.uuid) ? <EventDetail event={event} /> : undefined)}
    />
  )
}

function narrowing(event: LogEvent, onNarrow: (condition: string) => void): readonly RowAction[] {
  const { actor, eventType, transaction } = event
  const app = appOf(event)
  const only = (label: string, attribute: string, value: string): RowAction => ({
    label: `Show only ${label}`,
    onClick: () => onNarrow(condition(attribute, value)),
  })
  return [
    only('this actor', 'actor.id', actor.id),
    ...(app ? [only('this app', app.attribute, app.id)] : []),
    only('this event type', 'eventType', eventType),
    only('this request', 'transaction.id', transaction.id),
  ]
}

/** What happened; on narrow screens with all that has no column there. */
function EventCell({ event }: { readonly event: LogEvent }) {
  const { displayMessage, eventType, outcome, published, actor, target } = event
  return (
    <>
      <Text size="sm">{displayMessage}</Text>
      <Text size="xs" c="dimmed" ff="monospace">
        {eventType}
        {outcome.reason === null ? '' : ` · ${outcome.reason}`}
      </Text>
      <Text size="xs" c="dimmed" hiddenFrom="md">
        {[actor, ...(target ?? [])].map(nameOf).join(' → ')}
      </Text>
      <Group gap="xs" hiddenFrom="sm" mt={2}>
        <StatusBadge status={outcome.result} />
        <Text size="xs" c="dimmed">
          <Time at={published} seconds />
        </Text>
      </Group>
    </>
  )
}

function Targets({ targets }: { readonly targets: readonly LogEvent['actor'][] }) {
  return targets.map((target) => (
    <Box key={`${target.type}/${target.id}`}>
      <Party party={target} />
    </Box>
  ))
}
