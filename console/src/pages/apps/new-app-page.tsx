import { useSearch } from '@tanstack/react-router'
import { useRotationFeature } from '../../api/features.ts'
import { Page } from '../../ui/page.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { AddApplication } from './add-application.tsx'
import { appTypeOf, isAppType } from './app-types.ts'
import { NewAppForm } from './new-app-form.tsx'

const CRUMBS = [{ label: 'Applications', to: '/applications' }]

/** Without a platform in the address: where to choose one. With it: the form. */
export function NewAppPage() {
  const { type } = useSearch({ from: '/frame/applications/new' })
  const rotation = useRotationFeature()
  if (!isAppType(type))
    return (
      <Page title="Add Application" crumbs={CRUMBS}>
        <AddApplication />
      </Page>
    )
  return (
    <Page
      title={`New ${appTypeOf(type).title} integration`}
      crumbs={[...CRUMBS, { label: 'Add Application', to: '/applications/new' }]}
    >
      {rotation.isPending ? (
        <Loading />
      ) : rotation.error ? (
        <Failed error={rotation.error} onRetry={rotation.retry} />
      ) : (
        <NewAppForm key={type} type={type} rotationIsOn={rotation.isOn} />
      )}
    </Page>
  )
}
