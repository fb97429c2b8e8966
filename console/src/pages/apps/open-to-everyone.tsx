import { Alert, Button, Group, Text } from '@mantine/core'
import { replaceApp } from '../../api/apps.ts'
import { useBrokerFeature } from '../../api/features.ts'
import { useMay } from '../../api/me.ts'
import type { App } from '../../api/types.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { openedToEveryone } from './app-form.ts'

/** Tells of an app whose assignments decide nothing, because everyone may sign in to it. */
export function OpenToEveryone({ app }: { readonly app: App }) {
  const mayManage = useMay('okta.apps.manage')
  const { isOn, isPending } = useBrokerFeature()
  if (!app.settings.implicitAssignment || isPending) return null

  async function close(): Promise<void> {
    try {
      const saved = await replaceApp(app.id, openedToEveryone(app, false))
      notifyDone(`${app.label} admits those who are assigned.`, () => replaceApp(app.id, openedToEveryone(saved, true)))
    } catch (error) {
      notifyFailed(error)
    }
  }

  return (
    <Alert color="yellow" variant="light" title="Federation Broker Mode">
      <Group gap="sm" justify="space-between">
        <Text size="sm" maw={640}>
          {isOn
            ? 'Everyone in this org may sign in to this app, assigned or not.'
            : 'This app was opened to everyone, but the feature is switched off in this org: it admits those who are assigned.'}
        </Text>
        {mayManage && (
          <Button variant="default" size="xs" onClick={() => void close()}>
            Admit assigned people alone
          </Button>
        )}
      </Group>
    </Alert>
  )
}
