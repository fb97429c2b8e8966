import { Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** What the same thing is called in the newer or the older of Okta's guides, so that either can be followed word by word. */
export function GuideHint({ children }: { readonly children: ReactNode }) {
  return (
    <Text size="xs" c="dimmed">
      {children}
    </Text>
  )
}
