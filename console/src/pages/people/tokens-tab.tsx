import { Stack, Text } from '@mantine/core'
import { useMay } from '../../api/me.ts'
import type { User } from '../../api/types.ts'
import { useTokenClients } from '../../api/user-tokens.ts'
import { userName } from '../../api/users.ts'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { ClientTokens } from './client-tokens.tsx'

/** What apps hold of a person, app by app. */
export function TokensTab({ user }: { readonly user: User }) {
  const { data: clients, error, refetch } = useTokenClients(user.id)
  const mayManage = useMay('okta.users.manage')
  if (!clients) return error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />
  if (clients.length === 0)
    return (
      <Empty title="No refresh tokens">
        No app holds a token with which it stays signed in as {userName(user)}. Apps with the grant type Refresh Token
        get one at sign-in; see the guide{' '}
        <RouterAnchor to="/guides/$name" params={{ name: 'refresh-tokens' }} inherit>
          Refresh tokens
        </RouterAnchor>
        .
      </Empty>
    )
  return (
    <Stack>
      <Text size="sm" c="dimmed" maw={720}>
        Each row is one sign-in to an app that goes on by refresh token. A revoked token, with the access tokens that
        came of it, stops working at once; the person signs in to the app again.
      </Text>
      {clients.map((client) => (
        <ClientTokens key={client.client_id} user={user} client={client} mayManage={mayManage} />
      ))}
    </Stack>
  )
}
