import { MultiSelect, Select, SimpleGrid, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useScopes } from '../../api/scopes.ts'
import { previewToken, type TokenPreview } from '../../api/token-preview.ts'
import type { AuthorizationServer } from '../../api/types.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { Section } from '../../ui/section.tsx'
import { BLANK } from './blank.ts'
import { NamePicker } from './name-picker.tsx'
import { isOfPerson, newQuestion, PREVIEW_GRANTS, type PreviewValues, toRequest } from './preview-values.ts'
import { PreviewedTokens } from './previewed-tokens.tsx'

const GRANTS = Object.entries(PREVIEW_GRANTS).map(([value, label]) => ({ value, label }))
const FIELDS = { clientId: 'client', userId: 'user' }

const chosen = (ids: readonly string[]) => (ids.length === 0 ? BLANK : undefined)

export function TokenPreviewTab({ server: { id: serverId } }: { readonly server: AuthorizationServer }) {
  const scopes = useScopes(serverId)
  const [preview, setPreview] = useState<TokenPreview>()
  const form = useForm<PreviewValues>({
    initialValues: newQuestion(),
    validate: { client: chosen, user: (user, values) => (isOfPerson(values) ? chosen(user) : undefined) },
    // What is shown answers the question that stands above it.
    onValuesChange: () => setPreview(undefined),
  })
  const { client, user, ...values } = form.getValues()
  return (
    <Stack gap="md">
      <Section
        title="Token preview"
        description="What the tokens would hold for an app and a person, by the scopes, claims and policies as they are now. Nothing is issued."
      >
        <ApiForm
          form={form}
          fieldOf={FIELDS}
          submit="Preview token"
          onSubmit={async (question) => setPreview(await previewToken(serverId, toRequest(question)))}
        >
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <NamePicker
              kind="client"
              label="OAuth/OIDC client"
              required
              value={client}
              error={form.errors.client}
              onChange={(ids) => form.setFieldValue('client', ids.slice(-1))}
            />
            <Select
              label="Grant type"
              data={GRANTS}
              allowDeselect={false}
              required
              {...form.getInputProps('grantType')}
            />
            {isOfPerson(values) && (
              <NamePicker
                kind="person"
                label="User"
                required
                value={user}
                error={form.errors.user}
                onChange={(ids) => form.setFieldValue('user', ids.slice(-1))}
              />
            )}
            <MultiSelect
              label="Scopes"
              data={(scopes.data ?? []).map(({ name }) => name)}
              searchable
              hidePickedOptions
              {...form.getInputProps('scopes')}
            />
          </SimpleGrid>
        </ApiForm>
      </Section>
      {preview && <PreviewedTokens preview={preview} />}
    </Stack>
  )
}
