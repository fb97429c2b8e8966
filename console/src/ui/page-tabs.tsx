import { Tabs } from '@mantine/core'
import { type ReactNode, Suspense } from 'react'
import { Loading } from './states.tsx'

export interface PageTab {
  readonly value: string
  readonly label: string
  readonly content: ReactNode
}

interface PageTabsProps {
  readonly tabs: readonly PageTab[]
  /** As the address has it; the first tab where it names none of them. */
  readonly value: string | undefined
  readonly onChange: (value: string) => void
}

/** The parts of a page, one at a time; a part may be loaded when it is opened. */
export function PageTabs({ tabs, value, onChange }: PageTabsProps) {
  const here = tabs.find((tab) => tab.value === value) ?? tabs[0]
  return (
    <Tabs
      value={here?.value ?? null}
      onChange={(chosen) => (chosen === null ? undefined : onChange(chosen))}
      keepMounted={false}
    >
      <Tabs.List mb="md">
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.value} value={tab.value}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.value} value={tab.value}>
          <Suspense fallback={<Loading />}>{tab.content}</Suspense>
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
