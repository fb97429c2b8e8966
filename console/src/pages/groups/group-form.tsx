import { Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { createGroup, replaceGroup } from '../../api/groups.ts'
import type { Group } from '../../api/types.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { groupProblems, NEW_GROUP, toForm, toRequest } from './group-values.ts'

interface GroupFormProps {
  /** Undefined for a new one. */
  readonly group?: Group
  readonly onCancel: () => void
  readonly onSaved: (group: Group) => void
}

export function GroupForm({ group, onCancel, onSaved }: GroupFormProps) {
  const form = useForm({
    initialValues: group ? toForm(group) : NEW_GROUP,
    validate: groupProblems,
    clearInputErrorOnChange: true,
  })

  async function save(values: typeof form.values): Promise<void> {
    const saved = group ? await replaceGroup(group.id, toRequest(values, group)) : await createGroup(toRequest(values))
    onSaved(saved)
    if (group) notifyDone(`${saved.profile.name} is saved.`, () => replaceGroup(group.id, group.profile))
    else notifyDone(`The group ${saved.profile.name} is added.`)
  }

  return (
    <ApiForm form={form} submit="Save" onCancel={onCancel} onSubmit={save} width={560}>
      <Stack gap="sm">
        <TextInput label="Name" required data-autofocus autoComplete="off" {...form.getInputProps('name')} />
        <Textarea
          label="Description"
          description="For other administrators. Optional."
          autosize
          minRows={2}
          {...form.getInputProps('description')}
        />
      </Stack>
    </ApiForm>
  )
}
