import { Alert, Checkbox, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { TriangleAlert } from 'lucide-react'
import { createTrustedOrigin, replaceTrustedOrigin } from '../../api/trusted-origins.ts'
import type { TrustedOrigin } from '../../api/types.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { originProblem } from '../../ui/origin.ts'
import { BLANK, blankProblem } from './blank.ts'
import { newOrigin, type OriginFormValues, toForm, toRequest } from './origin-values.ts'

interface OriginFormProps {
  /** Undefined for a new one. */
  readonly origin: TrustedOrigin | undefined
  readonly onDone: () => void
}

export function OriginForm({ origin, onDone }: OriginFormProps) {
  const form = useForm<OriginFormValues>({
    initialValues: origin ? toForm(origin) : newOrigin(),
    validate: {
      name: blankProblem,
      origin: (text) => originProblem(text.trim()),
      scopes: (scopes) => (scopes.length === 0 ? BLANK : undefined),
    },
  })

  async function save(values: OriginFormValues): Promise<void> {
    const body = toRequest(values)
    await (origin ? replaceTrustedOrigin(origin.id, body) : createTrustedOrigin(body))
    notifyDone(origin ? `${body.name} is saved.` : `${body.origin} is trusted now.`)
    onDone()
  }

  return (
    <ApiForm
      form={form}
      fieldOf={{ allowedOktaApps: 'dashboard' }}
      submit={origin ? 'Save' : 'Add Origin'}
      onCancel={onDone}
      onSubmit={save}
    >
      <Stack gap="md">
        <Alert color="yellow" variant="light" icon={<TriangleAlert size={18} />}>
          <strong>Add only origins that you control and trust.</strong> Every script on a trusted origin acts as whoever
          is signed in here and opens it: it can read that person's profile and session, change them, and end the
          session. Never add an origin on which strangers can publish.
        </Alert>
        <TextInput label="Name" required maxLength={255} data-autofocus {...form.getInputProps('name')} />
        <TextInput
          label="Origin URL"
          description="Scheme, host and port, with no path: https://app.example.com or http://localhost:8080"
          required
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('origin')}
        />
        <Checkbox.Group label="Choose type" required {...form.getInputProps('scopes')}>
          <Stack gap="sm" mt="xs">
            <Checkbox
              value="CORS"
              label="Cross-Origin Resource Sharing (CORS)"
              description="Its pages may call the API from the browser with the session cookie."
            />
            <Checkbox
              value="REDIRECT"
              label="Redirect"
              description="People may be sent there after they sign in or out."
            />
            <Checkbox
              value="IFRAME_EMBED"
              label="iFrame embed"
              description="Its pages may show the sign-in pages in a frame."
            />
          </Stack>
        </Checkbox.Group>
        {form.getValues().scopes.includes('IFRAME_EMBED') && (
          <Checkbox
            ml="xl"
            label="The dashboard, too"
            description="Its pages may show people's own start page in a frame as well."
            {...form.getInputProps('dashboard', { type: 'checkbox' })}
          />
        )}
      </Stack>
    </ApiForm>
  )
}
