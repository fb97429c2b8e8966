// What the General tab shows of an app while nobody edits it.
import { Stack, Text } from '@mantine/core'
import type { App } from '../../api/types.ts'
import { CopyValue } from '../../ui/copy-value.tsx'
import type { Fact } from '../../ui/facts.tsx'
import { appTypeOf } from './app-types.ts'

const LOGIN_MODES: Readonly<Record<string, string>> = {
  DISABLED: 'App Only',
  SPEC: 'Either Okta or App: redirect to app to initiate login (OIDC Compliant)',
  OKTA: 'Either Okta or App: send ID token directly to app (Okta Simplified)',
}

export function generalFacts(app: App): readonly Fact[] {
  const { oauthClient: settings } = app.settings
  const type = appTypeOf(settings.application_type)
  const labelOf = (value: string) => type.grants.find((grant) => grant.value === value)?.label ?? value
  return [
    { label: 'App integration name', value: app.label },
    { label: 'Platform', value: type.title },
    { label: 'Allowed grant types', value: settings.grant_types.map(labelOf).join(', ') },
    ...refreshFacts(app),
    { label: 'User consent', value: settings.consent_method === 'REQUIRED' ? 'Required' : 'Not required' },
  ]
}

function refreshFacts({ settings: { oauthClient } }: App): readonly Fact[] {
  const { refresh_token: refresh } = oauthClient
  if (!refresh) return []
  if (refresh.rotation_type !== 'ROTATE') return [{ label: 'Refresh token behavior', value: 'Use persistent token' }]
  return [
    { label: 'Refresh token behavior', value: 'Rotate token after every use' },
    {
      label: 'Grace period for token rotation',
      value: refresh.leeway === 0 ? '0 seconds: none' : `${refresh.leeway} seconds`,
    },
  ]
}

export function loginFacts({ settings: { oauthClient: settings } }: App): readonly Fact[] {
  return [
    { label: 'Login redirect URIs', value: <Uris uris={settings.redirect_uris} /> },
    ...(settings.wildcard_redirect === 'SUBDOMAIN'
      ? [{ label: 'Wildcard', value: 'Allowed in the lowest label' }]
      : []),
    { label: 'Logout redirect URIs', value: <Uris uris={settings.post_logout_redirect_uris ?? []} /> },
    { label: 'Login initiated by', value: LOGIN_MODES[settings.idp_initiated_login.mode] },
    {
      label: 'Initiate login URI',
      value: <Uris uris={settings.initiate_login_uri ? [settings.initiate_login_uri] : []} />,
    },
  ]
}

function Uris({ uris }: { readonly uris: readonly string[] }) {
  if (uris.length === 0)
    return (
      <Text span size="sm" c="dimmed">
        none
      </Text>
    )
  return (
    <Stack gap={4} align="flex-start">
      {uris.map((uri) => (
        <CopyValue key={uri} value={uri} label={uri} />
      ))}
    </Stack>
  )
}
