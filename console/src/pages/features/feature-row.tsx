import { Group, Stack, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { switchFeature } from '../../api/features.ts'
import { useMay } from '../../api/me.ts'
import type { Feature } from '../../api/types.ts'
import { ApiError } from '../../ui/api-error.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { SwitchTogether } from './switch-together.tsx'

const CONFLICT = 'E0000141'

export function FeatureRow({ feature }: { readonly feature: Feature }) {
  const mayManage = useMay('okta.features.manage')
  const [isBusy, setBusy] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const isOn = feature.status === 'ENABLED'
  const lifecycle = isOn ? 'disable' : 'enable'

  async function toggle(): Promise<void> {
    setBusy(true)
    try {
      await switchFeature(feature.id, lifecycle, false)
      const back = isOn ? 'enable' : 'disable'
      notifyDone(`${feature.name} is ${isOn ? 'off' : 'on'}.`, () => switchFeature(feature.id, back, false))
    } catch (error) {
      if (error instanceof ApiError && error.code === CONFLICT) setAsking(true)
      else notifyFailed(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start" gap="md">
      <Stack gap={2}>
        <Text size="sm" fw={600} id={`feature-${feature.id}`}>
          {feature.name}
        </Text>
        <Text size="sm" c="dimmed" maw={720}>
          {feature.description}
        </Text>
      </Stack>
      <Switch
        checked={isOn}
        disabled={!mayManage || isBusy}
        onChange={() => void toggle()}
        aria-labelledby={`feature-${feature.id}`}
        mt={2}
      />
      {isAsking && <SwitchTogether feature={feature} onClose={() => setAsking(false)} />}
    </Group>
  )
}
