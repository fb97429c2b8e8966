import { Anchor, SimpleGrid, Stack } from '@mantine/core'
import { useCounts } from '../../api/counts.ts'
import { useMe } from '../../api/me.ts'
import { CopyValue } from '../../ui/copy-value.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Page } from '../../ui/page.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { Section } from '../../ui/section.tsx'
import { CountCard } from './count-card.tsx'
import { NoMail } from './no-mail.tsx'
import { Welcome } from './welcome.tsx'

export function DashboardPage() {
  const me = useMe()
  const counts = useCounts()
  const isFirstRun = counts?.apps !== undefined && counts.apps.active + counts.apps.inactive === 0
  return (
    <Page title="Dashboard" description={me && `Signed in to ${me.org.name} as ${me.login}.`}>
      {isFirstRun && <Welcome />}
      {me?.mail === 'none' && <NoMail />}
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
        {counts?.apps && (
          <CountCard
            label="Applications"
            count={counts.apps.active}
            detail={counts.apps.inactive > 0 ? `${counts.apps.inactive} inactive` : 'active'}
            to="/applications"
          />
        )}
        {counts?.users && (
          <CountCard
            label="People"
            count={counts.users.total}
            detail={peopleDetail(counts.users.byStatus)}
            to="/directory/people"
          />
        )}
        {counts?.groups !== undefined && (
          <CountCard label="Groups" count={counts.groups} detail="of the directory" to="/directory/groups" />
        )}
        {counts?.refusedLastDay !== undefined && (
          <CountCard
            label="Refused requests"
            count={counts.refusedLastDay}
            detail="in the last day"
            to="/reports/refused-requests"
          />
        )}
      </SimpleGrid>
      {me && (
        <Section title="This org">
          <Stack gap="sm">
            <Facts
              facts={[
                { label: 'Domain', value: <CopyValue value={new URL(me.org.url).host} label="domain" /> },
                { label: 'Issuer', value: <CopyValue value={`${me.org.url}/oauth2/default`} label="issuer" /> },
                {
                  label: 'Configuration',
                  value: (
                    <Anchor href={`${me.org.url}/oauth2/default/.well-known/openid-configuration`} size="sm">
                      OpenID Connect discovery
                    </Anchor>
                  ),
                },
              ]}
            />
            <RouterAnchor to="/guides" size="sm">
              Guides, step by step
            </RouterAnchor>
          </Stack>
        </Section>
      )}
    </Page>
  )
}

function peopleDetail(byStatus: Readonly<Record<string, number>>): string {
  const locked = byStatus.LOCKED_OUT ?? 0
  return locked > 0 ? `${locked} locked out` : `${byStatus.ACTIVE ?? 0} active`
}
