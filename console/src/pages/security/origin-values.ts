// A trusted origin as a form shows it, and back. Pure.
import type { OriginScopeType, TrustedOriginBody } from '../../api/trusted-origins.ts'
import type { TrustedOrigin } from '../../api/types.ts'

export const ORIGIN_TYPES = ['CORS', 'REDIRECT', 'IFRAME_EMBED'] as const satisfies readonly OriginScopeType[]

export const ORIGIN_TYPE_LABELS: Readonly<Record<OriginScopeType, string>> = {
  CORS: 'CORS',
  REDIRECT: 'Redirect',
  IFRAME_EMBED: 'iFrame embed',
}

export type OriginFormValues = {
  name: string
  origin: string
  scopes: string[]
  /** Whether it may embed the dashboard, too, and not the sign-in pages alone. */
  dashboard: boolean
}

const DASHBOARD = 'OKTA_ENDUSER'

/** A new one is for what most single-page apps need. */
export const newOrigin = (): OriginFormValues => ({
  name: '',
  origin: '',
  scopes: ['CORS', 'REDIRECT'],
  dashboard: false,
})

export const toForm = ({ name, origin, scopes }: TrustedOrigin): OriginFormValues => ({
  name,
  origin,
  scopes: scopes.map(({ type }) => type),
  dashboard: scopes.some(({ allowedOktaApps }) => allowedOktaApps?.includes(DASHBOARD)),
})

export const toRequest = ({ name, origin, scopes, dashboard }: OriginFormValues): TrustedOriginBody => ({
  name: name.trim(),
  origin: origin.trim(),
  scopes: ORIGIN_TYPES.filter((type) => scopes.includes(type)).map((type) =>
    type === 'IFRAME_EMBED' && dashboard ? { type, allowedOktaApps: [DASHBOARD] } : { type },
  ),
})
