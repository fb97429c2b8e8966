import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMe } from '../../api/me.ts'
import { policyQuery } from '../../api/policies.ts'
import type { App } from '../../api/types.ts'
import { CopyValue } from '../../ui/copy-value.tsx'
import { Facts } from '../../ui/facts.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { Section } from '../../ui/section.tsx'
import { Failed, Loading } from '../../ui/states.tsx'

export function SignOnTab({ app }: { readonly app: App }) {
  const orgUrl = useMe()?.org.url ?? ''
  const isService = app.settings.oauthClient.application_type === 'service'
  return (
    <Stack maw={920}>
      <Section title="Settings">
        <Facts
          facts={[
            { label: 'Sign-on method', value: 'OpenID Connect' },
            {
              label: 'Issuer',
              value: <CopyValue value={`${orgUrl}/oauth2/default`} label="issuer" />,
            },
            {
              label: 'Audience of ID tokens',
              value: <CopyValue value={app.credentials.oauthClient.client_id} label="audience" />,
            },
            { label: 'User name in the app', value: <code>{app.credentials.userNameTemplate.template}</code> },
          ]}
        />
        <Text size="sm" c="dimmed">
          Claims, scopes and lifetimes are an authorization server's:{' '}
          <RouterAnchor to="/security/api" inherit>
            Security &gt; API
          </RouterAnchor>
          . The org's own issuer is {orgUrl}.
        </Text>
      </Section>
      {!isService && <UserAuthentication app={app} />}
    </Stack>
  )
}

function UserAuthentication({ app }: { readonly app: App }) {
  const policyId = app._links.accessPolicy?.href.split('/').at(-1)
  const { data: policy, error, refetch } = useQuery({ ...policyQuery(policyId ?? ''), enabled: policyId !== undefined })
  return (
    <Section
      title="User authentication"
      description="Which policy decides how people prove who they are for this app. So far this server asks for a password alone, whatever the policy says of further factors."
    >
      {policyId === undefined ? (
        <Text size="sm">The org's default.</Text>
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : policy ? (
        <Facts
          facts={[
            { label: 'Authentication policy', value: policy.name },
            { label: 'What it is for', value: policy.description ?? '' },
          ]}
        />
      ) : (
        <Loading lines={2} height={22} />
      )}
    </Section>
  )
}
