import { Stack } from '@mantine/core'
import type { TokenPreview } from '../../api/token-preview.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Section } from '../../ui/section.tsx'

/** The decoded payloads, and the rule by which they would be issued. */
export function PreviewedTokens({ preview }: { readonly preview: TokenPreview }) {
  const { accessToken, idToken, userinfo, policy, rule } = preview
  const parts = [
    { title: 'ID token', claims: idToken?.payload },
    { title: 'Access token', claims: accessToken.payload },
    { title: 'Userinfo', claims: userinfo },
  ]
  return (
    <Stack gap="md" role="status" aria-label="Previewed tokens">
      <Section title="Issued by">
        <Facts
          facts={[
            { label: 'Access policy', value: policy?.name ?? '–' },
            { label: 'Rule', value: rule?.name ?? '–' },
          ]}
        />
      </Section>
      {parts.map(
        ({ title, claims }) =>
          claims && (
            <Section key={title} title={title}>
              <CodeBlock code={JSON.stringify(claims, null, 2)} label={`payload of ${title}`} />
            </Section>
          ),
      )}
    </Stack>
  )
}
