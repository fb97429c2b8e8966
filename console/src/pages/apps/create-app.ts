// Making an app as the form describes it: the app first, then what belongs to it.
import { createApp, uploadLogo } from '../../api/apps.ts'
import { assignGroup } from '../../api/assignments.ts'
import { trustBaseUri } from '../../api/base-uris.ts'
import { everyoneGroup } from '../../api/groups.ts'
import type { App } from '../../api/types.ts'
import { sentenceOf } from '../../ui/api-error.ts'
import { type AppFormValues, createRequest } from './app-form.ts'
import type { ApplicationType } from './app-types.ts'

export type Access = 'everyone' | 'groups' | 'nobody'

export interface Surroundings {
  readonly logo: File | null
  readonly baseUris: readonly string[]
  readonly access: Access
  /** Ids, where access is by groups. */
  readonly groups: readonly string[]
  /** Federation Broker Mode: everyone is admitted, assigned or not. */
  readonly isOpen: boolean
}

export interface CreatedApp {
  readonly app: App
  /** What could not be done beside the app, each as a sentence: the app is there all the same. */
  readonly problems: readonly Error[]
}

/** @throws {ApiError} when the app itself is refused; nothing was made then */
export async function createAppWithAccess(
  type: ApplicationType,
  values: AppFormValues,
  { logo, baseUris, access, groups, isOpen }: Surroundings,
): Promise<CreatedApp> {
  const app = await createApp(createRequest(type, values, isOpen))
  const problems: Error[] = []
  async function attempt(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      problems.push(new Error(`${app.label} is created, but ${what}: ${sentenceOf(error)}`))
    }
  }
  if (logo) await attempt('its logo was refused', () => uploadLogo(app.id, logo))
  for (const uri of baseUris.filter((one) => one.trim() !== ''))
    await attempt(`${uri} is not trusted`, () => trustBaseUri(uri.trim()))
  if (access === 'everyone')
    await attempt('nobody is assigned', async () => assignGroup(app.id, (await everyoneGroup()).id))
  if (access === 'groups')
    for (const group of groups) await attempt('a group is not assigned', () => assignGroup(app.id, group))
  return { app, problems }
}
