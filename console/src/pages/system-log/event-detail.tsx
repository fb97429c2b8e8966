import { Code, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { LogEvent } from '../../api/types.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { type Fact, Facts } from '../../ui/facts.tsx'
import { Time } from '../../ui/time.tsx'
import { Party } from './party.tsx'
import { kindOf } from './party-links.ts'

/** All that the log keeps of an event: as names and values, and as the API answers it. */
export function EventDetail({ event }: { readonly event: LogEvent }) {
  const [view, setView] = useState('facts')
  return (
    <Stack gap="sm" py="xs">
      <SegmentedControl
        size="xs"
        data={[
          { value: 'facts', label: 'Facts' },
          { value: 'json', label: 'JSON' },
        ]}
        value={view}
        onChange={setView}
        style={{ alignSelf: 'flex-start' }}
        aria-label="How the event is shown"
      />
      {view === 'facts' ? (
        <Facts facts={factsOf(event)} />
      ) : (
        <CodeBlock code={JSON.stringify(event, null, 2)} label="event as JSON" />
      )}
    </Stack>
  )
}

function factsOf(event: LogEvent): readonly Fact[] {
  const { actor, client, outcome, target, transaction, debugContext, authenticationContext } = event
  const { requestUri, url, requestId, threatSuspected, ...details } = debugContext.debugData
  const { rawUserAgent, browser, os } = client.userAgent
  const tokenId = transaction.detail.requestApiTokenId
  const facts: (Fact | undefined)[] = [
    { label: 'Event', value: <Code>{event.eventType}</Code> },
    { label: 'Time', value: <Time at={event.published} seconds /> },
    { label: 'Outcome', value: outcome.reason === null ? outcome.result : `${outcome.result}: ${outcome.reason}` },
    { label: 'Severity', value: event.severity },
    { label: kindOf(actor), value: <Named party={actor} /> },
    ...(target ?? []).map((one, at) => ({
      label: `Target ${at + 1}: ${kindOf(one)}`,
      value: <Named party={one} />,
    })),
    said('Address', client.ipAddress),
    said('Browser', browser === 'UNKNOWN' ? null : `${browser} on ${os}`),
    said('User agent', rawUserAgent),
    said('Request', requestUri),
    said('Transaction', transaction.id),
    said('Session', authenticationContext.externalSessionId),
    said('API token', tokenId),
    ...Object.entries(details).map(([label, value]) => ({ label, value })),
  ]
  return facts.filter((fact) => fact !== undefined)
}

const said = (label: string, value: string | null | undefined): Fact | undefined =>
  value === null || value === undefined || value === '' || value === 'unknown' ? undefined : { label, value }

function Named({ party }: { readonly party: LogEvent['actor'] }) {
  const { alternateId, id } = party
  return (
    <>
      <Party party={party} />{' '}
      <Text span size="xs" c="dimmed">
        {alternateId === id || alternateId === 'unknown' ? id : `${alternateId} · ${id}`}
      </Text>
    </>
  )
}
