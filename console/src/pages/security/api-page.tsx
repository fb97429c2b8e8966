import { Tabs } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useMe } from '../../api/me.ts'
import { Page } from '../../ui/page.tsx'
import { TrustedOriginsTab } from './trusted-origins-tab.tsx'

interface ApiTab {
  readonly value: string
  readonly label: string
  readonly permission: string
  readonly content: ComponentType
}

const TABS: readonly ApiTab[] = [
  {
    value: 'trusted-origins',
    label: 'Trusted Origins',
    permission: 'okta.trustedOrigins.read',
    content: TrustedOriginsTab,
  },
]

export function ApiPage() {
  const { tab } = useSearch({ from: '/frame/security/api' })
  const navigate = useNavigate({ from: '/security/api' })
  const permissions = useMe()?.permissions ?? []
  const tabs = TABS.filter(({ permission }) => permissions.includes(permission))
  const here = tabs.find(({ value }) => value === tab) ?? tabs[0]
  return (
    <Page
      title="API"
      description="Who issues tokens for your APIs, which scripts may manage this org, and which origins it trusts."
    >
      <Tabs
        value={here?.value ?? null}
        onChange={(value) => void navigate({ search: value === null ? {} : { tab: value } })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {tabs.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ value, content: Content }) => (
          <Tabs.Panel key={value} value={value}>
            <Content />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  )
}
