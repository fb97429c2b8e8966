import { Stack } from '@mantine/core'
import type { App } from '../../api/types.ts'
import { ClientCredentials } from './client-credentials.tsx'
import { GeneralSettings } from './general-settings.tsx'
import { PublicKeys } from './public-keys.tsx'

export function GeneralTab({ app }: { readonly app: App }) {
  const { token_endpoint_auth_method: method } = app.credentials.oauthClient
  return (
    <Stack maw={920}>
      <ClientCredentials app={app} />
      {method !== 'none' && <PublicKeys app={app} />}
      <GeneralSettings app={app} />
    </Stack>
  )
}
