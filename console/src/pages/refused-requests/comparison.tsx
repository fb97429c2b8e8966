// What was sent beside what is registered, with the differences marked in both.
import { Anchor, SimpleGrid, Stack, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { RefusedRequest } from '../../api/types.ts'
import { MarkedText, type TextPart } from '../../ui/marked-text.tsx'
import { markDifference } from './mark-difference.ts'
import { differenceWords, REGISTERED_WORDS } from './reason-words.ts'

/** Registered values that are shown at first: the nearest ones. */
const SHOWN = 3

export function Comparison({ request }: { readonly request: RefusedRequest }) {
  const [showsAll, setShowsAll] = useState(false)
  const { sent, registered, reason, differences, resolved } = request
  const compared = differences.filter(({ marks }) => marks.length > 0)
  const [nearest] = compared
  const isCompared = !resolved && nearest !== undefined
  const lines: readonly Line[] = isCompared
    ? compared.map((difference) => ({
        value: difference.registered,
        parts: markDifference(sent.value, difference.registered).registered,
        note: `Differs in: ${differenceWords(difference, sent.value)}`,
      }))
    : registered.map((value) => ({ value, parts: [{ text: value, isMarked: false }], note: undefined }))
  const shown = showsAll ? lines : lines.slice(0, SHOWN)
  const title = REGISTERED_WORDS[reason]
  return (
    <SimpleGrid cols={{ base: 1, sm: title === undefined ? 1 : 2 }} spacing="md" verticalSpacing="xs">
      <Side title={`Sent as ${sent.name}`}>
        {sent.value === '' ? (
          <Text size="sm">nothing</Text>
        ) : (
          <div>
            <MarkedText
              parts={isCompared ? markDifference(sent.value, nearest.registered).sent : [plain(sent.value)]}
            />
          </div>
        )}
        {isCompared && lines.length > 1 && (
          <Text size="xs" c="dimmed">
            Marked against the nearest one, {nearest.registered}
          </Text>
        )}
      </Side>
      {title !== undefined && (
        <Side title={title}>
          {shown.map(({ value, parts, note }) => (
            <div key={value}>
              <MarkedText parts={parts} />
              {note !== undefined && (
                <Text size="xs" c="dimmed">
                  {note}
                </Text>
              )}
            </div>
          ))}
          {lines.length === 0 && <Text size="sm">none</Text>}
          {lines.length > SHOWN && (
            <Anchor component="button" type="button" size="xs" ta="left" onClick={() => setShowsAll(!showsAll)}>
              {showsAll ? 'Show the nearest only' : `Show ${lines.length - SHOWN} more`}
            </Anchor>
          )}
        </Side>
      )}
    </SimpleGrid>
  )
}

interface Line {
  readonly value: string
  readonly parts: readonly TextPart[]
  readonly note: string | undefined
}

const plain = (text: string): TextPart => ({ text, isMarked: false })

function Side({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack gap={4} miw={0}>
      <Text size="xs" fw={600} c="dimmed">
        {title}
      </Text>
      {children}
    </Stack>
  )
}
