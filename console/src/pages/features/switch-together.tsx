import { List } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { relatedQuery, switchFeature } from '../../api/features.ts'
import type { Feature } from '../../api/types.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { notifyDone } from '../../ui/notify.tsx'

/** What a feature needs, or what needs it, is switched along with it. */
export function SwitchTogether({ feature, onClose }: { readonly feature: Feature; readonly onClose: () => void }) {
  const isOn = feature.status === 'ENABLED'
  const { data: related = [] } = useQuery(relatedQuery(feature.id, isOn ? 'dependents' : 'dependencies'))
  const others = related.filter(({ status }) => status === (isOn ? 'ENABLED' : 'DISABLED'))

  async function together(): Promise<void> {
    await switchFeature(feature.id, isOn ? 'disable' : 'enable', true)
    notifyDone(`${[feature, ...others].map(({ name }) => name).join(', ')}: ${isOn ? 'off' : 'on'}.`)
  }

  return (
    <Confirm
      opened
      title={isOn ? `Switch off ${feature.name}?` : `Switch on ${feature.name}?`}
      action={isOn ? 'Switch all off' : 'Switch all on'}
      danger={isOn}
      onClose={onClose}
      onConfirm={together}
    >
      {isOn ? 'These need it and are switched off with it:' : 'It needs these, which are switched on with it:'}
      <List size="sm" mt="xs">
        {others.map(({ id, name }) => (
          <List.Item key={id}>{name}</List.Item>
        ))}
      </List>
    </Confirm>
  )
}
