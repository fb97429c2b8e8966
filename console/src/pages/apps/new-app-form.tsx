import { Checkbox, FileInput, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useBrokerFeature } from '../../api/features.ts'
import { useMay } from '../../api/me.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { originProblem } from '../../ui/origin.ts'
import { Section } from '../../ui/section.tsx'
import { TextListInput } from '../../ui/text-list-input.tsx'
import { UnsavedGuard } from '../../ui/unsaved-guard.tsx'
import { FIELD_OF, newAppForm } from './app-form.ts'
import type { ApplicationType } from './app-types.ts'
import { type Access, createAppWithAccess } from './create-app.ts'
import { GrantFields } from './grant-fields.tsx'
import { GroupPicker } from './group-picker.tsx'
import { LoginFields } from './login-fields.tsx'
import { OriginWarning } from './origin-warning.tsx'
import { useAppForm } from './use-app-form.ts'

interface NewAppFormProps {
  readonly type: ApplicationType
  readonly rotationIsOn: boolean
}

export function NewAppForm({ type, rotationIsOn }: NewAppFormProps) {
  const form = useAppForm(type, newAppForm(type, rotationIsOn))
  const [logo, setLogo] = useState<File | null>(null)
  const [baseUris, setBaseUris] = useState<readonly string[]>([])
  const [access, setAccess] = useState<Access>('everyone')
  const [groups, setGroups] = useState<readonly string[]>([])
  const [isImmediate, setImmediate] = useState(false)
  const broker = useBrokerFeature()
  const mayTrust = useMay('okta.trustedOrigins.manage')
  const navigate = useNavigate()
  const hasPeople = type !== 'service'
  const wrongBase = baseUris.find((uri) => uri !== '' && originProblem(uri) !== undefined)
  const noGroups = access === 'groups' && groups.length === 0

  async function save(values: typeof form.values): Promise<void> {
    if (wrongBase !== undefined)
      throw new Error('One of the base URIs is not a valid origin: scheme, host and port, without a path.')
    if (hasPeople && noGroups) throw new Error('Choose at least one group, or another kind of access.')
    const { app, problems } = await createAppWithAccess(type, values, {
      logo,
      baseUris,
      access: hasPeople ? access : 'nobody',
      groups,
      isOpen: hasPeople && access === 'everyone' && isImmediate,
    })
    notifyDone(`${app.label} is created.`)
    for (const problem of problems) notifyFailed(problem)
    await navigate({
      to: '/app/oidc_client/instance/$appId',
      params: { appId: app.id },
      search: { tab: 'general' },
      // What was typed is saved.
      ignoreBlocker: true,
    })
  }

  return (
    <ApiForm
      form={form}
      fieldOf={FIELD_OF}
      submit="Save"
      width={860}
      onCancel={() => void navigate({ to: '/applications' })}
      onSubmit={save}
    >
      <UnsavedGuard when={form.isDirty() || baseUris.length > 0} />
      <Stack>
        <Section title="General settings">
          <TextInput
            label="App integration name"
            description="People see it when they sign in and when they are asked for consent."
            required
            data-autofocus
            {...form.getInputProps('label')}
          />
          <FileInput
            label="Logo"
            placeholder="Choose a file"
            description="PNG, JPG, GIF or SVG, less than 1 MB. Optional."
            accept="image/png,image/jpeg,image/gif,image/svg+xml"
            clearable
            clearButtonProps={{ 'aria-label': 'Remove the logo' }}
            value={logo}
            onChange={setLogo}
            maw={420}
          />
        </Section>
        {hasPeople && (
          <Section title="Login">
            <LoginFields form={form} type={type} withLoginMode={false} />
          </Section>
        )}
        <Section title="Grant types">
          <GrantFields form={form} type={type} rotationIsOn={rotationIsOn} />
        </Section>
        {(type === 'browser' || type === 'web') && mayTrust && (
          <Section title="Trusted origins">
            <TextListInput
              label="Base URIs"
              description="Optional. Pages of these origins may call this org's API with a person's session, and people may be sent there. The token endpoint needs none of it: the origins of the login redirect URIs may call it."
              placeholder="http://localhost:8080"
              value={baseUris}
              onChange={setBaseUris}
              check={originProblem}
              addLabel="Add base URI"
            />
            <OriginWarning />
          </Section>
        )}
        {hasPeople && (
          <Section title="Assignments">
            <Radio.Group
              label="Controlled access"
              description="Only people who are assigned to the app can sign in to it."
              value={access}
              onChange={(value) => setAccess(value as Access)}
            >
              <Stack gap={8} mt={8}>
                <Radio value="everyone" label="Allow everyone in your organization to access" />
                {access === 'everyone' && broker.isOn && (
                  <Checkbox
                    ml={32}
                    label="Enable immediate access with Federation Broker Mode"
                    description="Everyone is admitted, assigned or not: taking an assignment away keeps nobody out then. Leave it clear where assignments are to decide."
                    checked={isImmediate}
                    onChange={(event) => setImmediate(event.currentTarget.checked)}
                  />
                )}
                <Radio value="groups" label="Limit access to selected groups" />
                <Radio value="nobody" label="Skip group assignment for now" />
              </Stack>
            </Radio.Group>
            {access === 'groups' && <GroupPicker value={groups} onChange={setGroups} />}
          </Section>
        )}
        {!hasPeople && (
          <Text size="sm" c="dimmed">
            A service app has no people. Which scopes it may ask for is decided by the access policies of an
            authorization server.
          </Text>
        )}
      </Stack>
    </ApiForm>
  )
}
