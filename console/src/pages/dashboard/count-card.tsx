import { Paper, Text } from '@mantine/core'
import { RouterAnchor } from '../../ui/router-anchor.tsx'

interface CountCardProps {
  readonly label: string
  readonly count: number
  readonly detail: string
  readonly to: string
}

const NUMBER = new Intl.NumberFormat()

export function CountCard({ label, count, detail, to }: CountCardProps) {
  return (
    <Paper withBorder p="md">
      <RouterAnchor to={to} size="sm" fw={600}>
        {label}
      </RouterAnchor>
      <Text fz={28} fw={650} lh={1.2}>
        {NUMBER.format(count)}
      </Text>
      <Text size="xs" c="dimmed">
        {detail}
      </Text>
    </Paper>
  )
}
