// What an app may be and do by the org's features.
import { type EnabledFeatures, needsFeature } from '#features/registry.ts'
import { invalid } from '#kernel/refusal.ts'
import type { App } from './app.ts'
import { isBuiltIn } from './built-in-app.ts'

type Kind = Pick<App, 'applicationType' | 'grantTypes'>

const mayRefresh = ({ applicationType }: Kind, features: EnabledFeatures): boolean =>
  applicationType !== 'browser' || features.has('refresh_token_rotation')

/**
 * For an app that is made, or that takes the place of `current`: what it has already it may keep, so that a switch takes nothing away and
 * stands in the way of no other change. @throws {Refusal} validation_failed for what is newly asked for
 */
export function checkFeatures(app: App, current: App | undefined, features: EnabledFeatures): void {
  const asksForRefresh = app.grantTypes.includes('refresh_token') && !current?.grantTypes.includes('refresh_token')
  if (asksForRefresh && !mayRefresh(app, features))
    throw invalid(
      'grant_types',
      `grant_types: 'refresh_token' of a single-page app ${needsFeature('refresh_token_rotation')}`,
    )
  const asksForEveryone = app.implicitAssignment && !current?.implicitAssignment
  if (asksForEveryone && !features.has('federation_broker_mode'))
    throw invalid(
      'implicitAssignment',
      `implicitAssignment: Opening an app to everyone ${needsFeature('federation_broker_mode')}`,
    )
}

/**
 * Whether a sign-in may give the app a refresh token. An app that has the grant while the feature is off (it was given before) is not
 * refused: people go on signing in, without a new refresh token, and what was given earlier lives on as it would have. So the switch
 * takes nothing from anybody in the middle of their work, and within a token's lifetime it has its whole effect (spec of OAuth: 5.6).
 */
export const givesRefreshTokens = (app: Kind, features: EnabledFeatures): boolean =>
  app.grantTypes.includes('refresh_token') && mayRefresh(app, features)

/** Federation Broker Mode: everyone counts as assigned. To the built-in console always: its switch must stay within reach. */
export const admitsEveryone = (app: Pick<App, 'implicitAssignment' | 'name'>, features: EnabledFeatures): boolean =>
  app.implicitAssignment && (isBuiltIn(app) || features.has('federation_broker_mode'))
