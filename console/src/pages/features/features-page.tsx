import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { featuresQuery } from '../../api/features.ts'
import { Page } from '../../ui/page.tsx'
import { Section } from '../../ui/section.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { FeatureRow } from './feature-row.tsx'

const STAGES = [
  { value: 'EA', title: 'Early Access', description: 'Finished, and yours to switch on or off.' },
  { value: 'BETA', title: 'Beta', description: 'Not finished: it may change, or go.' },
] as const

export function FeaturesPage() {
  const { data: features, error, refetch } = useQuery(featuresQuery)
  return (
    <Page title="Features" description="What this org can switch on before, or without, everybody else.">
      {error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : !features ? (
        <Loading />
      ) : (
        STAGES.map(({ value, title, description }) => {
          const inStage = features.filter(({ stage }) => stage.value === value)
          return (
            <Section key={value} title={title} description={description}>
              {inStage.length === 0 ? (
                <Empty title="None">Nothing is in this stage now.</Empty>
              ) : (
                <Stack gap="md">
                  {inStage.map((feature) => (
                    <FeatureRow key={feature.id} feature={feature} />
                  ))}
                </Stack>
              )}
            </Section>
          )
        })
      )}
    </Page>
  )
}
