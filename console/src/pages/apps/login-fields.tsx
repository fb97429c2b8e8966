import { Checkbox, Radio, Stack, TextInput } from '@mantine/core'
import { TextListInput } from '../../ui/text-list-input.tsx'
import { type ApplicationType, appTypeOf } from './app-types.ts'
import { redirectUriProblem } from './redirect-uri-rule.ts'
import type { AppForm } from './use-app-form.ts'

interface LoginFieldsProps {
  readonly form: AppForm
  readonly type: ApplicationType
  /** A new app is not on the dashboard yet. */
  readonly withLoginMode: boolean
}

/** Where people come back to, and where a sign-in may begin. */
export function LoginFields({ form, type, withLoginMode }: LoginFieldsProps) {
  const check = (uri: string) => redirectUriProblem(uri, type)
  return (
    <Stack gap="md">
      <TextListInput
        label="Login redirect URIs"
        description="The callback of the app: where people are sent with a code after they signed in. Compared character by character. Newer guides: Sign-in redirect URIs."
        placeholder={appTypeOf(type).redirectUri}
        required
        value={form.values.redirectUris}
        onChange={(value) => form.setFieldValue('redirectUris', value)}
        check={check}
        error={form.errors.redirectUris}
        addLabel="Add URI"
      />
      <Checkbox
        label="Allow wildcard * in login redirect URI"
        description="One asterisk in the lowest label of an https host, for preview deployments. Whoever gets one of those hosts gets people's codes."
        {...form.getInputProps('allowWildcard', { type: 'checkbox' })}
      />
      <TextListInput
        label="Logout redirect URIs"
        description="Where people may be sent after signing out. Newer guides: Sign-out redirect URIs."
        placeholder={appTypeOf(type).signOutUri}
        value={form.values.signOutUris}
        onChange={(value) => form.setFieldValue('signOutUris', value)}
        check={check}
        error={form.errors.signOutUris}
        addLabel="Add URI"
      />
      {withLoginMode && (
        <Radio.Group label="Login initiated by" {...form.getInputProps('loginMode')}>
          <Stack gap={8} mt={8}>
            <Radio value="DISABLED" label="App Only" description="People begin at the app." />
            <Radio
              value="SPEC"
              label="Either Okta or App: redirect to app to initiate login (OIDC Compliant)"
              description="The app also stands on people's dashboard; a click opens its initiate login URI."
            />
            <Radio
              value="OKTA"
              label="Either Okta or App: send ID token directly to app (Okta Simplified)"
              description="A click sends an ID token to the first login redirect URI."
            />
          </Stack>
        </Radio.Group>
      )}
      <TextInput
        label="Initiate login URI"
        description="The page of the app that begins a sign-in: where its tile leads, and where people go on after a password reset."
        placeholder="https://app.example.com/login"
        autoComplete="off"
        spellCheck={false}
        inputMode="url"
        {...form.getInputProps('initiateLoginUri')}
      />
    </Stack>
  )
}
