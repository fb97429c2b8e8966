import { Badge } from '@mantine/core'

const COLORS: Readonly<Record<string, string>> = {
  ACTIVE: 'teal',
  ENABLED: 'teal',
  SUCCESS: 'teal',
  ALLOW: 'teal',
  INACTIVE: 'gray',
  DISABLED: 'gray',
  STAGED: 'gray',
  DEPROVISIONED: 'gray',
  SUSPENDED: 'orange',
  LOCKED_OUT: 'red',
  FAILURE: 'red',
  DENY: 'red',
  PROVISIONED: 'blue',
  RECOVERY: 'orange',
  PASSWORD_EXPIRED: 'orange',
}

const words = (status: string): string => {
  const text = status.toLowerCase().replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A status of the API in words and in a colour that is never the only sign. */
export function StatusBadge({ status, label = words(status) }: { readonly status: string; readonly label?: string }) {
  return (
    <Badge variant="light" color={COLORS[status] ?? 'blue'} tt="none" radius="sm" style={{ flexShrink: 0 }}>
      {label}
    </Badge>
  )
}
