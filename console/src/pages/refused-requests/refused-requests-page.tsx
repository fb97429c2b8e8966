import { Stack } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useRefusedRequests } from '../../api/refused-requests.ts'
import type { RefusedRequest } from '../../api/types.ts'
import { Page } from '../../ui/page.tsx'
import { ShowMore } from '../../ui/show-more.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import type { Pages } from '../../ui/use-pages.ts'
import { AppFilter } from './app-filter.tsx'
import { FixDialog } from './fix-dialog.tsx'
import { NothingRefused } from './nothing-refused.tsx'
import { RefusedCard } from './refused-card.tsx'

export function RefusedRequestsPage() {
  const { app = '' } = useSearch({ from: '/frame/reports/refused-requests' })
  const navigate = useNavigate({ from: '/reports/refused-requests' })
  const pages = useRefusedRequests(app)
  const show = (appId: string) => void navigate({ search: appId === '' ? {} : { app: appId }, replace: true })
  return (
    <Page
      title="Refused requests"
      description="Sign-ins of the last day that failed because of how an app is set up, and what would let them through."
      actions={<AppFilter value={app} onChange={show} />}
    >
      <Refused pages={pages} empty={<NothingRefused isOfOneApp={app !== ''} onShowAll={() => show('')} />} />
    </Page>
  )
}

interface RefusedProps {
  readonly pages: Pages<RefusedRequest>
  readonly empty: React.ReactNode
}

function Refused({ pages, empty }: RefusedProps) {
  const [fixing, setFixing] = useState<string>()
  if (pages.isPending) return <Loading lines={3} height={180} />
  if (pages.error && pages.rows.length === 0) return <Failed error={pages.error} onRetry={pages.retry} />
  if (pages.rows.length === 0) return empty
  // A fix is computed on the settings of the moment in which it was read: the one that is shown is as new as can be.
  const fix = (id: string) => {
    setFixing(id)
    pages.retry()
  }
  const asked = pages.rows.find(({ id }) => id === fixing)
  return (
    <Stack gap="sm">
      {pages.rows.map((request) => (
        <RefusedCard key={request.id} request={request} onFix={() => fix(request.id)} />
      ))}
      <ShowMore pages={pages} nouns={['kind of request', 'kinds of requests']} />
      {asked && <FixDialog request={asked} onClose={() => setFixing(undefined)} />}
    </Stack>
  )
}
