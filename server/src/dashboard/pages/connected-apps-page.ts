import { type Html, html } from '#http/html.ts'
import { pathOf } from '../dashboard-path.ts'
import { buttonForm, face, moment, momentsHere, type Shell, shellPage } from './shell-page.ts'

export type ConnectedAppView = {
  id: string
  label: string
  initials: string
  picture?: string | undefined
  scopes: readonly string[]
  since: number
  lastUsed?: number | undefined
}

export type ConnectedAppsPageView = Shell & { apps: readonly ConnectedAppView[] }

/** Which apps hold something of the person, and the way to take it back. */
export const connectedAppsPage = (view: ConnectedAppsPageView): string =>
  shellPage(view, {
    section: 'connected',
    heading: 'Connected apps',
    lead: 'Apps that may act for you or read about you until you take it back. After that they ask you to sign in again.',
    body:
      view.apps.length === 0
        ? html`<div class="empty"><h2>No connected apps</h2>
<p class="hint">No app holds lasting access to your account.</p></div>`
        : html`<ul class="rows">
${view.apps.map((app) => row(view, app))}</ul>
${momentsHere(view)}`,
  })

const row = (
  view: Shell,
  app: ConnectedAppView,
): Html => html`<li class="row">${face(app.picture, app.initials)}<div><h2>${app.label}</h2>
<p class="hint">Since ${moment(app.since)}${app.lastUsed !== undefined && html` · last used ${moment(app.lastUsed)}`}</p>
<p class="hint">May use: ${app.scopes.join(', ') || 'nothing'}</p></div>
${buttonForm(view, { action: pathOf('connected'), fields: { app: app.id }, label: 'Disconnect', about: app.label })}</li>
`
