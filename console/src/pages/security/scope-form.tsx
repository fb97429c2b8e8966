import { Checkbox, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { createScope, replaceScope } from '../../api/scopes.ts'
import type { Scope } from '../../api/types.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { scopeNameProblem } from './scope-name.ts'
import { newScope, type ScopeFormValues, toForm, toRequest } from './scope-values.ts'

interface ScopeFormProps {
  readonly serverId: string
  /** Undefined for a new one. */
  readonly scope: Scope | undefined
  readonly onDone: () => void
}

export function ScopeForm({ serverId, scope, onDone }: ScopeFormProps) {
  const form = useForm<ScopeFormValues>({
    initialValues: scope ? toForm(scope) : newScope(),
    validate: { name: scopeNameProblem },
  })
  const isAsked = form.getValues().userConsent !== 'implicit'

  async function save(values: ScopeFormValues): Promise<void> {
    const body = toRequest(values)
    await (scope ? replaceScope(serverId, scope.id, body) : createScope(serverId, body))
    notifyDone(`The scope ${body.name} is saved.`)
    onDone()
  }

  return (
    <ApiForm
      form={form}
      fieldOf={{ optional: 'userConsent' }}
      submit={scope ? 'Save' : 'Create'}
      onCancel={onDone}
      onSubmit={save}
    >
      <Stack gap="sm">
        <TextInput
          label="Name"
          description={scope?.system ? 'A scope of OpenID Connect keeps its name.' : 'As apps ask for it: orders.read'}
          required
          readOnly={scope?.system ?? false}
          spellCheck={false}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <TextInput
          label="Display phrase"
          description="What people read when they are asked for consent."
          maxLength={255}
          {...form.getInputProps('displayName')}
        />
        <Textarea
          label="Description"
          autosize
          minRows={2}
          maxRows={5}
          maxLength={255}
          {...form.getInputProps('description')}
        />
        <Radio.Group label="User consent" {...form.getInputProps('userConsent')}>
          <Stack gap="xs" mt="xs">
            <Radio value="implicit" label="Implicit" description="Nobody is asked." />
            <Radio value="optional" label="Optional" description="People are asked, and may leave it out." />
            <Radio
              value="required"
              label="Required"
              description="People are asked, and the app gets nothing without it."
            />
          </Stack>
        </Radio.Group>
        {isAsked && (
          <Checkbox
            label="Block services from requesting this scope"
            description="A service has nobody who could consent."
            {...form.getInputProps('blocksServices', { type: 'checkbox' })}
          />
        )}
        <Checkbox
          label="Set as a default scope"
          description="Granted where a request names no scope at all."
          {...form.getInputProps('isDefault', { type: 'checkbox' })}
        />
        <Checkbox
          label="Include in public metadata"
          description="Listed among the scopes of the server's discovery document."
          {...form.getInputProps('isPublished', { type: 'checkbox' })}
        />
      </Stack>
    </ApiForm>
  )
}
