// An app as people find it among theirs: where its tile leads, and which apps have one. Pure.
import type { App } from './app.ts'
import { isBuiltIn } from './built-in-app.ts'

/** The same for every OpenID Connect app, as on Okta. */
const APP_LINK_ID = 'alnOidcClientLink001'

/** Of `visibility.hide`, where nothing was said. */
export const HIDDEN = { iOS: true, web: true }

/** The app's embed link, below the org's address. */
export const embedPath = ({ name, id }: Pick<App, 'name' | 'id'>): string => `/home/${name}/${id}/${APP_LINK_ID}`

/** Whether it is shown to those who have it: it is in use, not hidden from people, and a sign-in to it may begin outside of it. */
export function hasTile(app: App): boolean {
  const { visibility } = app.extra as { readonly visibility?: { readonly hide?: { readonly web?: boolean } | null } }
  const isHidden = visibility?.hide?.web ?? HIDDEN.web
  return app.status === 'ACTIVE' && !isBuiltIn(app) && !isHidden && app.idpInitiatedLogin.mode !== 'DISABLED'
}
