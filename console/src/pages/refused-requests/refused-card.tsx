import { Badge, Button, Code, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { CircleCheck, ShieldX } from 'lucide-react'
import { useMay } from '../../api/me.ts'
import { dismissRefused } from '../../api/refused-requests.ts'
import type { RefusedRequest } from '../../api/types.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { RouterButton } from '../../ui/router-button.tsx'
import { Time } from '../../ui/time.tsx'
import { Comparison } from './comparison.tsx'
import { REASON_WORDS } from './reason-words.ts'

interface RefusedCardProps {
  readonly request: RefusedRequest
  readonly onFix: () => void
}

/** One kind of refused request: why, what was sent, how often, and the way out. */
export function RefusedCard({ request, onFix }: RefusedCardProps) {
  const mayFix = useMay(request.fix?.kind === 'trust-origin' ? 'okta.trustedOrigins.manage' : 'okta.apps.manage')
  const mayDismiss = useMay('okta.apps.manage')
  const { id, reason, sentence, resolved, fix, app, user } = request
  const name = REASON_WORDS[reason]

  async function dismiss(): Promise<void> {
    await dismissRefused(id)
    notifyDone('Dismissed for good. If it happens again, it appears again.')
  }

  return (
    <Paper withBorder p="md" component="article" aria-labelledby={`refused-${id}`}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs" align="flex-start">
          <Group gap="xs" miw={0}>
            {resolved ? <CircleCheck size={18} aria-hidden="true" /> : <ShieldX size={18} aria-hidden="true" />}
            <Title order={2} size="h5" id={`refused-${id}`}>
              {name}
            </Title>
            {resolved && (
              <Badge color="teal" variant="light" tt="none" radius="sm">
                Resolved
              </Badge>
            )}
            {app && (
              <RouterAnchor to="/app/oidc_client/instance/$appId" params={{ appId: app.id }} size="sm">
                {app.label}
              </RouterAnchor>
            )}
          </Group>
          <Seen request={request} />
        </Group>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {sentence}
        </Text>
        <Comparison request={request} />
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {user && (
            <>
              <RouterAnchor to="/directory/people/$userId" params={{ userId: user.id }} inherit>
                {user.login}
              </RouterAnchor>
              {' · '}
            </>
          )}
          at <Code fz="xs">{request.endpoint}</Code> · from {request.ip} · {request.userAgent}
        </Text>
        <Group gap="xs">
          {fix && mayFix && (
            <Button size="xs" onClick={onFix}>
              {fix.title}
            </Button>
          )}
          {!fix && !resolved && app && (
            <RouterButton size="xs" variant="default" to="/app/oidc_client/instance/$appId" params={{ appId: app.id }}>
              Open {app.label}
            </RouterButton>
          )}
          {mayDismiss && (
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              aria-label={`Dismiss: ${name}${app ? ` of ${app.label}` : ''}`}
              title="Takes it off this list for good; it appears again if it happens again"
              onClick={() => void dismiss().catch(notifyFailed)}
            >
              Dismiss
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  )
}

function Seen({ request: { count, firstSeen, lastSeen } }: { readonly request: RefusedRequest }) {
  return (
    <Text size="xs" c="dimmed">
      {count === 1 ? (
        <>
          once, <Time at={lastSeen} seconds />
        </>
      ) : (
        <>
          {count} times, <Time at={firstSeen} seconds /> to <Time at={lastSeen} seconds />
        </>
      )}
    </Text>
  )
}
