import { Select, Text } from '@mantine/core'
import { useDynamicIssuerFeature } from '../../api/features.ts'
import type { AuthorizationServer } from '../../api/types.ts'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { ISSUER_LABELS } from './server-labels.ts'

interface IssuerFieldProps {
  /** As it is saved: what a server has already it may keep. */
  readonly saved: AuthorizationServer['issuerMode']
  readonly input: object
}

/** By which address the server is called in its tokens. */
export function IssuerField({ saved, input }: IssuerFieldProps) {
  const { isOn, isPending, error } = useDynamicIssuerFeature()
  const isOff = !isOn && !isPending && !error
  const data = Object.entries(ISSUER_LABELS).map(([value, label]) => ({
    value,
    label,
    disabled: value === 'DYNAMIC' && isOff && saved !== 'DYNAMIC',
  }))
  return (
    <div>
      <Select label="Issuer" data={data} allowDeselect={false} {...input} />
      {isOff && (
        <Text size="sm" c="dimmed" mt={4}>
          Dynamic Issuer Mode is switched off in this org: every issuer is the Keystead URL. Switch it on in{' '}
          <RouterAnchor to="/settings/features" inherit>
            Settings &gt; Features
          </RouterAnchor>
          .
        </Text>
      )}
    </div>
  )
}
