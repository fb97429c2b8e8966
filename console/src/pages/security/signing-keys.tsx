import { Button } from '@mantine/core'
import { useState } from 'react'
import { rotateSigningKeys, useSigningKeys } from '../../api/authorization-servers.ts'
import { useMay } from '../../api/me.ts'
import type { AuthorizationServer, SigningKey } from '../../api/types.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { CopyValue } from '../../ui/copy-value.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Facts } from '../../ui/facts.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Section } from '../../ui/section.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Time } from '../../ui/time.tsx'
import { wholeList } from '../../ui/use-pages.ts'
import { ROTATION_LABELS } from './server-labels.ts'

export function SigningKeys({ server }: { readonly server: AuthorizationServer }) {
  const keys = useSigningKeys(server.id)
  const mayManage = useMay('okta.authorizationServers.manage')
  const [isAsking, setAsking] = useState(false)
  const { rotationMode, lastRotated, nextRotation } = server.credentials.signing

  async function rotate(): Promise<void> {
    await rotateSigningKeys(server.id)
    notifyDone('The signing keys are rotated.')
  }

  return (
    <Section
      title="Signing keys"
      actions={
        mayManage && (
          <Button variant="default" size="xs" onClick={() => setAsking(true)}>
            Rotate signing keys
          </Button>
        )
      }
    >
      <Facts
        facts={[
          { label: 'Rotation', value: ROTATION_LABELS[rotationMode] },
          { label: 'Last rotation', value: <Time at={lastRotated} /> },
          { label: 'Next rotation', value: <Time at={nextRotation} none="when you ask for it" /> },
        ]}
      />
      <DataTable
        label="Signing keys"
        columns={COLUMNS}
        pages={wholeList(keys)}
        rowKey={({ kid }) => kid}
        empty={null}
      />
      <Confirm
        opened={isAsking}
        title={`Rotate the signing keys of ${server.name}?`}
        action="Rotate"
        danger={false}
        onClose={() => setAsking(false)}
        onConfirm={rotate}
      >
        The next key signs from now on. Tokens that were signed before stay valid until they expire. Apps that fetch the
        keys by the token's kid notice nothing; those that hold a copy of the keys need the new one.
      </Confirm>
    </Section>
  )
}

const MEANING: Readonly<Record<SigningKey['status'], string>> = {
  ACTIVE: 'Active: signs',
  NEXT: 'Next: published, not in use yet',
  EXPIRED: 'Expired: verifies what it signed',
}

const COLUMNS: readonly Column<SigningKey>[] = [
  { key: 'kid', header: 'Key ID', cell: ({ kid }) => <CopyValue value={kid} label="key ID" /> },
  { key: 'alg', header: 'Algorithm', visibleFrom: 'sm', cell: ({ alg }) => alg },
  { key: 'status', header: 'Status', cell: ({ status }) => <StatusBadge status={status} label={MEANING[status]} /> },
]
