import { Fieldset, MultiSelect, Radio, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { createRule, type PolicyPath, replaceRule } from '../../api/access-policies.ts'
import { useScopes } from '../../api/scopes.ts'
import type { AccessRule } from '../../api/types.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { BLANK, blankProblem } from './blank.ts'
import { GrantFields } from './grant-fields.tsx'
import { LifetimeFields } from './lifetime-fields.tsx'
import { accessProblem, refreshProblem, windowProblem } from './lifetime-problems.ts'
import { NamePicker } from './name-picker.tsx'
import { newRule, type RuleFormValues, toForm, toRequest } from './rule-values.ts'

interface RuleFormProps {
  readonly path: PolicyPath
  /** Undefined for a new one. */
  readonly rule: AccessRule | undefined
  readonly onDone: () => void
}

const FIELDS = {
  'conditions.grantTypes.include': 'grantTypes',
  'conditions.people.users': 'users',
  'conditions.people.groups': 'groups',
  'conditions.people': 'users',
  'conditions.scopes.include': 'scopes',
  accessTokenLifetimeMinutes: 'accessMinutes',
  refreshTokenLifetimeMinutes: 'refreshMinutes',
  refreshTokenWindowMinutes: 'windowMinutes',
}

export function RuleForm({ path, rule, onDone }: RuleFormProps) {
  const scopes = useScopes(path.serverId)
  const form = useForm<RuleFormValues>({
    initialValues: rule ? toForm(rule) : newRule(),
    validate: {
      name: blankProblem,
      grantTypes: (grants) => (grants.length === 0 ? 'At least one grant type must be specified' : undefined),
      users: (_, { people, users, groups }) =>
        people === 'named' && users.length + groups.length === 0 ? 'Name at least one user or group' : undefined,
      scopes: (named, { reach }) => (reach === 'named' && named.length === 0 ? BLANK : undefined),
      accessMinutes: accessProblem,
      refreshMinutes: (minutes, { accessMinutes }) => refreshProblem(minutes, accessMinutes),
      windowMinutes: windowProblem,
    },
  })
  const { people, reach } = form.getValues()

  async function save(values: RuleFormValues): Promise<void> {
    const body = toRequest(values)
    await (rule ? replaceRule(path, rule.id, body) : createRule(path, body))
    notifyDone(`The rule ${body.name} is saved.`)
    onDone()
  }

  return (
    <ApiForm form={form} fieldOf={FIELDS} submit={rule ? 'Save' : 'Create rule'} onCancel={onDone} onSubmit={save}>
      <Stack gap="md">
        <TextInput label="Rule name" required maxLength={100} data-autofocus {...form.getInputProps('name')} />
        <GrantFields form={form} />
        <Fieldset legend="AND user is">
          <Stack gap="sm">
            <Radio.Group aria-label="User is" {...form.getInputProps('people')}>
              <Stack gap="xs">
                <Radio value="everyone" label="Any user assigned the app" />
                <Radio value="named" label="Assigned the app and one of the following" />
              </Stack>
            </Radio.Group>
            {people === 'named' && (
              <>
                <NamePicker kind="person" label="Users" {...form.getInputProps('users')} />
                <NamePicker kind="group" label="Groups" {...form.getInputProps('groups')} />
              </>
            )}
            <NamePicker kind="person" label="Except users" {...form.getInputProps('exceptUsers')} />
            <NamePicker kind="group" label="Except members of groups" {...form.getInputProps('exceptGroups')} />
          </Stack>
        </Fieldset>
        <Fieldset legend="AND scopes requested">
          <Stack gap="sm">
            <Radio.Group aria-label="Scopes requested" {...form.getInputProps('reach')}>
              <Stack gap="xs">
                <Radio value="any" label="Any scopes" />
                <Radio
                  value="named"
                  label="The following scopes"
                  description="Those of OpenID Connect are always allowed."
                />
              </Stack>
            </Radio.Group>
            {reach === 'named' && (
              <MultiSelect
                label="Scopes"
                required
                data={(scopes.data ?? []).map(({ name }) => name)}
                searchable
                hidePickedOptions
                {...form.getInputProps('scopes')}
              />
            )}
          </Stack>
        </Fieldset>
        <LifetimeFields form={form} />
      </Stack>
    </ApiForm>
  )
}
