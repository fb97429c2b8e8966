// A page's head: where one is, what it is called, what can be done; and the document's title.
import { Anchor, Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { RouterAnchor } from './router-anchor.tsx'

export interface Crumb {
  readonly label: string
  readonly to?: string
}

interface PageProps {
  readonly title: string
  /** Beside the title: a status, an icon. */
  readonly mark?: ReactNode
  readonly description?: ReactNode
  readonly crumbs?: readonly Crumb[]
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function Page({ title, mark, description, crumbs = [], actions, children }: PageProps) {
  useDocumentTitle(`${title} – Keystead`)
  return (
    <Stack gap="md" maw={1280} mx="auto">
      <Stack gap={4}>
        {crumbs.length > 0 && (
          <Breadcrumbs fz="sm" separatorMargin={6} component="nav" aria-label="Breadcrumb">
            {crumbs.map(({ label, to }) =>
              to === undefined ? (
                <Text key={label} size="sm" c="dimmed">
                  {label}
                </Text>
              ) : (
                <RouterAnchor key={label} to={to} size="sm">
                  {label}
                </RouterAnchor>
              ),
            )}
          </Breadcrumbs>
        )}
        <Group justify="space-between" align="center" gap="sm">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
              {title}
            </Title>
            {mark}
          </Group>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
        {description && (
          <Text c="dimmed" size="sm" maw={760}>
            {description}
          </Text>
        )}
      </Stack>
      {children}
    </Stack>
  )
}

/** A way to read more, in a tab of its own. */
export function LearnMore({ href, children = 'Learn more' }: { readonly href: string; readonly children?: ReactNode }) {
  return (
    <Anchor href={href} size="sm" inherit>
      {children}
    </Anchor>
  )
}
