// The command palette: every page of the console, what can be begun from anywhere, and apps, people and groups by name.
import '@mantine/spotlight/styles.css'
import { createSpotlight, Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useMe } from '../api/me.ts'
import { searchEverything } from '../api/search-everything.ts'
import { ACTIONS, DASHBOARD, isShown, NAVIGATION, type NavItem } from './nav.ts'

const [store, spotlight] = createSpotlight()
const WORTH_SEARCHING = 2

/** @param opening grows each time the palette is asked for */
export function Palette({ opening }: { readonly opening: number }) {
  const [query, setQuery] = useState('')
  const navigate = useNavigate()
  const me = useMe()
  const permissions = me?.permissions ?? []
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened anew at each asking
  useEffect(spotlight.open, [opening])

  const found = useQuery({
    queryKey: ['palette', query],
    queryFn: ({ signal }) => searchEverything(query, permissions, signal),
    enabled: query.trim().length >= WORTH_SEARCHING,
    placeholderData: keepPreviousData,
  })
  const go = (to: string, search = {}) => void navigate({ to, search })
  const mayOpen = (item: NavItem) => isShown(item, me)
  const pages: readonly SpotlightActionData[] = [{ label: '', items: [DASHBOARD] }, ...NAVIGATION].flatMap(
    ({ label: section, items }) =>
      items.filter(mayOpen).map(({ label, to, icon: Icon, words = '' }) => ({
        id: to,
        label,
        description: section === label ? '' : section,
        keywords: words,
        leftSection: <Icon size={18} aria-hidden="true" />,
        onClick: () => go(to),
      })),
  )
  const actions: readonly SpotlightActionData[] = ACTIONS.filter(mayOpen).map(
    ({ label, to, search, icon: Icon, words = '' }) => ({
      id: label,
      label,
      keywords: words,
      leftSection: <Icon size={18} aria-hidden="true" />,
      onClick: () => go(to, search),
    }),
  )
  const things: readonly SpotlightActionData[] = (found.data ?? []).map(({ id, label, kind, to }) => ({
    id,
    label,
    description: kind,
    keywords: query,
    onClick: () => go(to),
  }))
  return (
    <Spotlight
      store={store}
      actions={[...pages, ...actions, ...things]}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      highlightQuery
      limit={20}
      nothingFound={found.isFetching ? 'Searching…' : 'Nothing found'}
      searchProps={{
        leftSection: <Search size={18} />,
        placeholder: 'Search pages, apps, people, groups',
        'aria-label': 'Search pages, apps, people, groups',
      }}
    />
  )
}
