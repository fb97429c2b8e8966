import { Text } from '@mantine/core'
import type { LogEvent } from '../../api/types.ts'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { kindOf, nameOf, pageOf } from './party-links.ts'

/** Who acted or was acted on, with the way to their page. */
export function Party({ party }: { readonly party: LogEvent['actor'] }) {
  const page = pageOf(party)
  const name = nameOf(party)
  return (
    <Text size="sm" component="span" title={`${kindOf(party)} · ${party.alternateId} · ${party.id}`}>
      {page === undefined ? (
        name
      ) : (
        <RouterAnchor to={page} size="sm">
          {name}
        </RouterAnchor>
      )}
    </Text>
  )
}
