import { type Html, html } from '#http/html.ts'
import { pathOf } from '../dashboard-path.ts'
import { buttonForm, moment, momentsHere, type Shell, shellPage } from './shell-page.ts'

export type OwnSessionView = {
  id: string
  /** In which browser, in words. */
  browser: string
  created: number
  lastActive: number
  /** The one in which this page is asked for. */
  isThis: boolean
}

export type SessionsPageView = Shell & { sessions: readonly OwnSessionView[] }

/** Where the person is signed in. */
export const sessionsPage = (view: SessionsPageView): string => {
  const others = view.sessions.filter(({ isThis }) => !isThis)
  const action = pathOf('sessions')
  return shellPage(view, {
    section: 'sessions',
    heading: 'Sessions',
    lead: 'Where you are signed in. Apps that you opened may keep you signed in for a while after a session has ended.',
    body: html`<h2 id="this">This browser</h2>
<ul class="rows" aria-labelledby="this">
${view.sessions.filter(({ isThis }) => isThis).map((session) => row(session, undefined))}</ul>
<h2 id="others">Elsewhere</h2>
${
  others.length === 0
    ? html`<div class="empty"><p>You are signed in nowhere else.</p></div>`
    : html`<ul class="rows" aria-labelledby="others">
${others.map((session) =>
  row(
    session,
    buttonForm(view, { action, fields: { session: session.id }, label: 'Sign out', about: `of ${session.browser}` }),
  ),
)}</ul>
<div class="pages">${buttonForm(view, { action, fields: { others: 'true' }, label: 'Sign out everywhere else', danger: true })}</div>`
}
${momentsHere(view)}`,
  })
}

const row = (
  { browser, created, lastActive }: OwnSessionView,
  button: Html | undefined,
): Html => html`<li class="row"><div><h3>${browser}</h3>
<p class="hint">Since ${moment(created)} · last active ${moment(lastActive)}</p></div>
${button}</li>
`
