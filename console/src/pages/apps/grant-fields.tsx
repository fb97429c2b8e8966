import { Checkbox, NumberInput, Radio, Stack, Text } from '@mantine/core'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { LEEWAY_MAX } from './app-form.ts'
import { type ApplicationType, appTypeOf } from './app-types.ts'
import type { AppForm } from './use-app-form.ts'

interface GrantFieldsProps {
  readonly form: AppForm
  readonly type: ApplicationType
  readonly rotationIsOn: boolean
}

/** Allowed grant types, and what a refresh token does where there is one. */
export function GrantFields({ form, type, rotationIsOn }: GrantFieldsProps) {
  const { grantTypes } = form.values
  const offered = appTypeOf(type).grants
  // Whatever the app was given by the API stays visible, and can be taken away.
  const others = grantTypes.filter((value) => offered.every((grant) => grant.value !== value))
  const refreshIsShut = type === 'browser' && !rotationIsOn
  const isShut = (grant: string) => grant === 'refresh_token' && refreshIsShut && !grantTypes.includes(grant)
  return (
    <Stack gap="md">
      <Checkbox.Group
        label="Allowed grant types"
        description="How the app comes by tokens."
        value={[...grantTypes]}
        onChange={(value) => form.setFieldValue('grantTypes', value)}
        error={form.errors.grantTypes}
      >
        <Stack gap={8} mt={8}>
          {offered.map(({ value, label, sentence }) => (
            <Checkbox key={value} value={value} label={label} description={sentence} disabled={isShut(value)} />
          ))}
          {others.map((value) => (
            <Checkbox key={value} value={value} label={value} description="Set through the API." />
          ))}
        </Stack>
      </Checkbox.Group>
      {refreshIsShut && (
        <Text size="sm" c="dimmed">
          A single-page app may have refresh tokens only when they rotate, and Refresh Token Rotation is switched off in
          this org. Switch it on in{' '}
          <RouterAnchor to="/settings/features" inherit>
            Settings &gt; Features
          </RouterAnchor>
          .
        </Text>
      )}
      {grantTypes.includes('refresh_token') && <RefreshTokenFields form={form} />}
    </Stack>
  )
}

function RefreshTokenFields({ form }: { readonly form: AppForm }) {
  return (
    <Stack gap="sm">
      <Radio.Group label="Refresh token behavior" {...form.getInputProps('rotation')}>
        <Stack gap={8} mt={8}>
          <Radio
            value="ROTATE"
            label="Rotate token after every use"
            description="Each use gives a new refresh token; a stolen one shows itself. Right for apps in a browser."
          />
          <Radio
            value="STATIC"
            label="Use persistent token"
            description="One refresh token serves until it is revoked or expires. Right for servers that keep it safe."
          />
        </Stack>
      </Radio.Group>
      {form.values.rotation === 'ROTATE' && (
        <NumberInput
          label="Grace period for token rotation"
          description={`Seconds in which the former token still yields the same successor, so that two tabs or a lost answer sign nobody out. 0 to ${LEEWAY_MAX}; 0 means none.`}
          suffix=" seconds"
          min={0}
          max={LEEWAY_MAX}
          clampBehavior="none"
          allowDecimal={false}
          maw={420}
          {...form.getInputProps('leeway')}
        />
      )}
      {form.values.rotation === 'ROTATE' && Number(form.values.leeway) === 0 && form.values.leeway !== '' && (
        <Text size="sm" c="dimmed" role="status">
          No grace period: a former token that is used again, even by a retry, ends the sign-in everywhere in this app.
        </Text>
      )}
    </Stack>
  )
}
