// Every feature there is, and how a fresh org has it. Each one changes what the server does: the rule that asks for it stands in the
// room that it is about.
import { enabledOf, type Feature, type Registry, type Switched } from './feature.ts'

const KEYS = [
  'refresh_token_rotation',
  'federation_broker_mode',
  'iframe_embedding',
  'iframe_embedding_start_page',
  'dynamic_issuer',
] as const
export type FeatureKey = (typeof KEYS)[number]

/** The features that an org has on. */
export type EnabledFeatures = ReadonlySet<FeatureKey>

const BY_KEY: Readonly<Record<FeatureKey, Omit<Feature<FeatureKey>, 'key'>>> = {
  // On since it left Early Access (June 2021); it stays listed because guides of that time send their readers to the switch.
  refresh_token_rotation: {
    name: 'Refresh Token Rotation',
    description:
      'Single-page apps may have the grant type Refresh Token, and each use of a refresh token replaces it. While this is off, no single-page app can be given the grant; those that have it keep the refresh tokens they hold and get no new ones at sign-in.',
    stage: 'EA',
    byDefault: true,
    dependsOn: [],
  },
  // Okta's orgs take `implicitAssignment: true` without anybody having switched this on.
  federation_broker_mode: {
    name: 'Federation Broker Mode',
    description:
      'An app may be opened to everyone in the org without assignments. While this is off, no app can be opened so, and those that were admit the people assigned to them.',
    stage: 'EA',
    byDefault: true,
    dependsOn: [],
  },
  // On since May 2022.
  iframe_embedding: {
    name: 'iFrame embedding for trusted origins',
    description:
      'The sign-in pages may be framed by pages of trusted origins that have the scope iFrame embed. While this is off, the scope cannot be given and nobody frames a page of this org.',
    stage: 'EA',
    byDefault: true,
    dependsOn: [],
  },
  iframe_embedding_start_page: {
    name: 'iFrame embedding of the start page',
    description:
      "A trusted origin's scope iFrame embed may name the start page too (OKTA_ENDUSER), so that its pages frame what people see after signing in.",
    stage: 'BETA',
    byDefault: false,
    dependsOn: ['iframe_embedding'],
  },
  dynamic_issuer: {
    name: 'Dynamic Issuer Mode',
    description:
      "An authorization server with the issuer mode Dynamic, and the org's own server for apps that have it, is called by the host that was asked: the org's address, or one of its aliases such as a container's name. While this is off, no server can be given the mode, and every issuer is the org's address.",
    stage: 'EA',
    byDefault: false,
    dependsOn: [],
  },
}

export const FEATURES: Registry<FeatureKey> = KEYS.map((key) => ({ key, ...BY_KEY[key] }))

export const enabledFeatures = (switched: Switched): EnabledFeatures => enabledOf(FEATURES, switched)

/** The end of a sentence about what a feature that is off would allow. */
export const needsFeature = (key: FeatureKey): string =>
  `needs the feature '${BY_KEY[key].name}', which is off for this org.`
