import { Button, Code, Group } from '@mantine/core'
import { useState } from 'react'
import type { RefreshToken, TokenClient, User } from '../../api/types.ts'
import { revokeToken, revokeTokensOfClient, useTokens } from '../../api/user-tokens.ts'
import { userName } from '../../api/users.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Section } from '../../ui/section.tsx'
import { Empty } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'

interface ClientTokensProps {
  readonly user: User
  readonly client: TokenClient
  readonly mayManage: boolean
}

export function ClientTokens({ user, client, mayManage }: ClientTokensProps) {
  const { client_id: clientId, client_name: label } = client
  const pages = useTokens(user.id, clientId)
  const [revoking, setRevoking] = useState<RefreshToken | 'all'>()

  async function revoke(): Promise<void> {
    if (revoking === 'all') {
      await revokeTokensOfClient(user.id, clientId)
      notifyDone(`${label} holds no token of ${userName(user)} any more.`)
    } else if (revoking) {
      await revokeToken(revoking)
      notifyDone(`The token of ${label} is revoked.`)
    }
  }
  return (
    <Section
      title={label}
      actions={
        mayManage && (
          <Button
            variant="default"
            size="xs"
            onClick={() => setRevoking('all')}
            aria-label={`Revoke all tokens of ${label}`}
          >
            Revoke all
          </Button>
        )
      }
    >
      <DataTable
        label={`Refresh tokens of ${label}`}
        columns={columns(mayManage ? setRevoking : undefined)}
        pages={pages}
        rowKey={({ id }) => id}
        empty={<Empty title="None any more">They are used up, expired or revoked.</Empty>}
      />
      {revoking && (
        <Confirm
          opened
          title={
            revoking === 'all'
              ? `Revoke all tokens that ${label} holds of ${userName(user)}?`
              : `Revoke this token of ${label}?`
          }
          action={revoking === 'all' ? 'Revoke all' : 'Revoke'}
          onClose={() => setRevoking(undefined)}
          onConfirm={revoke}
        >
          It stops working at once, with the access tokens that came of it. {userName(user)} signs in to {label} again;
          it can't be brought back.
        </Confirm>
      )}
    </Section>
  )
}

const columns = (revoke: ((token: RefreshToken) => void) | undefined): readonly Column<RefreshToken>[] => [
  { key: 'created', header: 'Signed in', width: 190, cell: ({ created }) => <Time at={created} /> },
  { key: 'issuer', header: 'Issuer', visibleFrom: 'md', cell: ({ issuer }) => issuer },
  {
    key: 'scopes',
    header: 'Scopes',
    visibleFrom: 'xs',
    cell: ({ scopes }) => (
      <Group gap={4}>
        {scopes.map((scope) => (
          <Code key={scope}>{scope}</Code>
        ))}
      </Group>
    ),
  },
  {
    key: 'used',
    header: 'Last used',
    width: 190,
    visibleFrom: 'sm',
    cell: ({ lastUpdated }) => <Time at={lastUpdated} />,
  },
  {
    key: 'expires',
    header: 'Expires',
    width: 190,
    visibleFrom: 'md',
    cell: ({ expiresAt }) => <Time at={expiresAt} />,
  },
  ...(revoke
    ? [
        {
          key: 'revoke',
          width: 90,
          align: 'right' as const,
          cell: (token: RefreshToken) => (
            <Button
              variant="subtle"
              color="red"
              size="compact-sm"
              aria-label={`Revoke the token ${token.id}`}
              onClick={() => revoke(token)}
            >
              Revoke
            </Button>
          ),
        },
      ]
    : []),
]
