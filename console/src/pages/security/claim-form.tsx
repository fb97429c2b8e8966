import { Checkbox, Group, MultiSelect, Radio, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { createClaim, replaceClaim } from '../../api/claims.ts'
import { useScopes } from '../../api/scopes.ts'
import type { Claim } from '../../api/types.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { GuideHint } from '../../ui/guide-hint.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { BLANK, blankProblem } from './blank.ts'
import { type ClaimFormValues, FILTER_LABELS, newClaim, toForm, toRequest } from './claim-values.ts'

interface ClaimFormProps {
  readonly serverId: string
  /** Undefined for a new one. */
  readonly claim: Claim | undefined
  readonly onDone: () => void
}

const FILTERS = Object.entries(FILTER_LABELS).map(([value, label]) => ({ value, label }))
const FIELDS = { group_filter_type: 'filterType', 'conditions.scopes': 'scopes' }

export function ClaimForm({ serverId, claim, onDone }: ClaimFormProps) {
  const scopes = useScopes(serverId)
  const form = useForm<ClaimFormValues>({
    initialValues: claim ? toForm(claim) : newClaim(),
    validate: {
      name: blankProblem,
      value: blankProblem,
      scopes: (named, { reach }) => (reach === 'named' && named.length === 0 ? BLANK : undefined),
    },
  })
  const { claimType, valueType, reach } = form.getValues()

  async function save(values: ClaimFormValues): Promise<void> {
    const body = toRequest(values)
    await (claim ? replaceClaim(serverId, claim.id, body) : createClaim(serverId, body))
    notifyDone(`The claim ${body.name} is saved.`)
    onDone()
  }

  return (
    <ApiForm form={form} fieldOf={FIELDS} submit={claim ? 'Save' : 'Create'} onCancel={onDone} onSubmit={save}>
      <Stack gap="sm">
        <TextInput
          label="Name"
          required
          maxLength={255}
          spellCheck={false}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Group grow align="flex-start">
          <Select
            label="Include in token type"
            data={[
              { value: 'RESOURCE', label: 'Access Token' },
              { value: 'IDENTITY', label: 'ID Token' },
            ]}
            allowDeselect={false}
            {...form.getInputProps('claimType')}
          />
          {claimType === 'IDENTITY' && (
            <Select
              label="When"
              data={[
                { value: 'always', label: 'Always' },
                { value: 'request', label: 'Userinfo / id_token request' },
              ]}
              allowDeselect={false}
              {...form.getInputProps('inclusion')}
            />
          )}
        </Group>
        <Group grow align="flex-start">
          <Select
            label="Value type"
            data={[
              { value: 'EXPRESSION', label: 'Expression' },
              { value: 'GROUPS', label: 'Groups' },
            ]}
            allowDeselect={false}
            {...form.getInputProps('valueType')}
          />
          {valueType === 'GROUPS' && (
            <Select label="Filter" data={FILTERS} allowDeselect={false} {...form.getInputProps('filterType')} />
          )}
        </Group>
        <Textarea
          label={valueType === 'GROUPS' ? 'Filter text' : 'Value'}
          required
          autosize
          minRows={valueType === 'GROUPS' ? 1 : 2}
          maxRows={8}
          maxLength={4_000}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          {...form.getInputProps('value')}
        />
        <GuideHint>
          {valueType === 'GROUPS'
            ? 'The claim lists the names of the groups that fit and that the person is in.'
            : 'An expression such as user.department, appuser.userName or "x" + app.clientId. One that yields nothing leaves the claim out.'}
        </GuideHint>
        <Radio.Group label="Include in" {...form.getInputProps('reach')}>
          <Stack gap="xs" mt="xs">
            <Radio value="any" label="Any scope" />
            <Radio value="named" label="The following scopes" />
          </Stack>
        </Radio.Group>
        {reach === 'named' && (
          <MultiSelect
            label="Scopes"
            data={(scopes.data ?? []).map(({ name }) => name)}
            searchable
            hidePickedOptions
            {...form.getInputProps('scopes')}
          />
        )}
        <Checkbox label="Disable claim" {...form.getInputProps('isDisabled', { type: 'checkbox' })} />
      </Stack>
    </ApiForm>
  )
}
