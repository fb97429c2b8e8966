import { Button, Group, SegmentedControl, Stack, Switch, Text } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { type LogQuestion, useLogEvents, useLogHistogram } from '../../api/logs.ts'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty } from '../../ui/states.tsx'
import { DownloadCsv } from './download-csv.tsx'
import { EventsChart } from './events-chart.tsx'
import { EventsTable } from './events-table.tsx'
import { FilterField } from './filter-field.tsx'
import { narrowed, withOutcome } from './filter-text.ts'
import { type LogField, logProblem } from './log-problem.ts'
import { OUTCOME_GROUPS } from './outcome-groups.ts'
import { RangePicker } from './range-picker.tsx'
import { type RangeSearch, rangeOf } from './time-range.ts'

interface LogSearch extends RangeSearch {
  readonly filter?: string | undefined
  readonly q?: string | undefined
  readonly outcome?: string | undefined
}

const OUTCOMES = [{ value: '', label: 'All' }, ...OUTCOME_GROUPS.map(({ value, label }) => ({ value, label }))]

export function SystemLogPage() {
  const search: LogSearch = useSearch({ from: '/frame/reports/system-log' })
  const navigate = useNavigate({ from: '/reports/system-log' })
  const [wantsFollow, setFollow] = useState(false)
  // A search box holds what is typed: one that is emptied from outside is a new one.
  const [clearings, setClearings] = useState(0)
  const { filter = '', q = '', outcome = '', since } = search
  const range = rangeOf(search)
  const follows = wantsFollow && range.endsNow
  const question: LogQuestion = {
    range: range.key,
    boundsAt: range.boundsAt,
    filter: withOutcome(filter, outcome),
    q,
  }
  const pages = useLogEvents(question, follows)
  const histogram = useLogHistogram(question, range.buckets, follows)
  const problem = logProblem(pages.error, { filter, sentFilter: question.filter, since })
  const problemOf = (field: LogField) => (problem?.field === field ? problem.sentence : undefined)

  const look = (next: LogSearch, replace = false) =>
    void navigate({ search: withoutEmpty({ ...search, ...next }), replace })
  function showAll(): void {
    setClearings(clearings + 1)
    void navigate({ search: {} })
  }

  return (
    <Page
      title="System Log"
      description="What people, apps and administrators did, and how it ended."
      actions={
        <Group gap="md">
          <Switch
            label="Follow"
            checked={follows}
            disabled={!range.endsNow}
            onChange={(event) => setFollow(event.currentTarget.checked)}
          />
          <DownloadCsv question={question} />
        </Group>
      }
    >
      <Stack gap="xs">
        <Group gap="xs" align="flex-start">
          <SearchBox
            key={clearings}
            label="Search in events"
            value={q}
            error={problemOf('q')}
            onSearch={(text) => look({ q: text }, true)}
          />
          <RangePicker
            search={search}
            errors={{ since: problemOf('since'), until: problemOf('until') }}
            onChange={(next) => look(next)}
          />
          <SegmentedControl
            data={OUTCOMES}
            value={outcome}
            onChange={(value) => look({ outcome: value }, true)}
            aria-label="Outcome"
          />
        </Group>
        <FilterField value={filter} error={problemOf('filter')} onChange={(text) => look({ filter: text })} />
      </Stack>
      {problem === undefined ? (
        <>
          <EventsChart query={histogram} onPick={(from, to) => look({ range: undefined, since: from, until: to })} />
          <EventsTable
            pages={pages}
            onNarrow={(more) => look({ filter: narrowed(filter, more) })}
            empty={<NoEvents isAsked={Object.keys(search).length > 0} onShowAll={showAll} />}
          />
        </>
      ) : (
        <Text size="sm" c="dimmed">
          Mend what is marked above to see events.
        </Text>
      )}
    </Page>
  )
}

const withoutEmpty = (search: LogSearch): Record<string, string> =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ''))

function NoEvents({ isAsked, onShowAll }: { readonly isAsked: boolean; readonly onShowAll: () => void }) {
  return isAsked ? (
    <Empty
      title="No such events"
      action={
        <Button variant="default" size="xs" onClick={onShowAll}>
          Show the last 7 days
        </Button>
      }
    >
      Nothing in this time fits the search and the filter. Choose a longer time, or ask for less.
    </Empty>
  ) : (
    <Empty title="Nothing happened in the last 7 days">
      Every sign-in, every token and every change of this org becomes an event here, and stays for 90 days.
    </Empty>
  )
}
