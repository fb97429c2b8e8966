import { Select, SimpleGrid } from '@mantine/core'
import { useForm } from '@mantine/form'
import { replaceServer } from '../../api/authorization-servers.ts'
import type { AuthorizationServer } from '../../api/types.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Section } from '../../ui/section.tsx'
import { UnsavedGuard } from '../../ui/unsaved-guard.tsx'
import { blankProblem } from './blank.ts'
import { IssuerField } from './issuer-field.tsx'
import { ServerFields } from './server-fields.tsx'
import { ROTATION_LABELS } from './server-labels.ts'
import { type ServerFormValues, toForm, toRequest } from './server-values.ts'

interface ServerSettingsFormProps {
  readonly server: AuthorizationServer
  readonly onDone: () => void
}

const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

export function ServerSettingsForm({ server, onDone }: ServerSettingsFormProps) {
  const form = useForm<ServerFormValues>({
    initialValues: toForm(server),
    validate: { name: blankProblem, audience: blankProblem },
  })

  async function save(values: ServerFormValues): Promise<void> {
    const { name } = await replaceServer(server.id, toRequest(values))
    form.resetDirty()
    notifyDone(`${name} is saved.`)
    onDone()
  }

  return (
    <Section title="Settings">
      <UnsavedGuard when={form.isDirty()} />
      <ApiForm form={form} fieldOf={{ audiences: 'audience' }} submit="Save" onCancel={onDone} onSubmit={save}>
        <ServerFields form={form} />
        <SimpleGrid cols={{ base: 1, sm: 2 }} mt="sm">
          <IssuerField saved={server.issuerMode} input={form.getInputProps('issuerMode')} />
          <Select
            label="Signing key rotation"
            data={options(ROTATION_LABELS)}
            allowDeselect={false}
            {...form.getInputProps('rotationMode')}
          />
        </SimpleGrid>
      </ApiForm>
    </Section>
  )
}
