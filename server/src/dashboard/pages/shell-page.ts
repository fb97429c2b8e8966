import { type Html, html, renderPage } from '#http/html.ts'
import type { Frame } from '#http/pages/card-page.ts'
import { ownHref, webHref } from '#http/pages/href.ts'
import { logo } from '#http/pages/logo.ts'
import { DASHBOARD_PATH, SECTIONS, type Section } from '../dashboard-path.ts'
import { dashboardStyle } from './look.ts'

/** What every page of the dashboard says besides its own matter. */
export type Shell = Frame & {
  csrf: string
  /** Who is signed in. */
  name: string
  login: string
  /** Of the Admin Console, for whoever administers something. */
  consoleHref?: string | undefined
  /** What was searched for. */
  search?: string | undefined
  /** What has just come about. */
  note?: string | undefined
  error?: string | undefined
}

export type Matter = {
  section: Section
  heading: string
  lead?: Html | string
  body: Html
  /** Tiles need the width; text does not. */
  wide?: boolean
}

/** A page of the dashboard: whose it is, where else to go, one heading, the matter. */
export function shellPage(view: Shell, { section, heading, lead, body, wide }: Matter): string {
  const org = view.orgName || 'Keystead'
  const failed = view.error !== undefined && view.error !== ''
  return renderPage({
    nonce: view.nonce,
    title: `${failed ? 'Error: ' : ''}${heading} · ${org}`,
    bodyClass: 'home',
    referrer: 'same-origin',
    head: dashboardStyle(view.nonce),
    body: html`<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<a class="brand" href="${DASHBOARD_PATH}">${logo}<span>${org}</span></a>
<form class="search" role="search" method="get" action="${DASHBOARD_PATH}">
<label class="unseen" for="q">Search your apps</label>
<input type="search" id="q" name="q" value="${view.search}" maxlength="100" placeholder="Search your apps" autocomplete="off">
<button class="button quiet small" type="submit">Search</button>
</form>
<div class="me">
<p><strong data-se="name">${view.name}</strong><br><span class="hint" data-se="login">${view.login}</span></p>
<form method="post" action="/login/signout">
${csrfField(view)}
<button class="link" type="submit" data-se="sign-out">Sign out</button>
</form>
</div>
</header>
<nav class="tabs" aria-label="Your account"><ul>
${SECTIONS.map(
  ({ key, path, name }) => html`<li><a href="${path}"${key === section && html` aria-current="page"`}>${name}</a></li>
`,
)}${view.consoleHref !== undefined && html`<li><a href="${ownHref(view.consoleHref)}">Admin Console</a></li>`}</ul></nav>
<main class="page${!wide && ' text'}" id="content">
<h1 data-se="o-form-head">${heading}</h1>
${lead !== undefined && html`<p class="lead">${lead}</p>`}
${!failed && view.note !== undefined && html`<p class="note" role="status">${view.note}</p>`}
<div role="alert" id="problem"${failed && html` class="alert" tabindex="-1" autofocus`}>${failed && html`<p>${view.error}</p>`}</div>
${body}
</main>`,
  })
}

/** What every form carries that changes something. */
export const csrfField = ({ csrf }: Pick<Shell, 'csrf'>): Html =>
  html`<input type="hidden" name="csrf" value="${csrf}">`

/** A form of one button, with what it is about. */
export const buttonForm = (
  view: Pick<Shell, 'csrf'>,
  { action, fields, label, about, danger }: ButtonForm,
): Html => html`<form method="post" action="${ownHref(action)}">
${csrfField(view)}${Object.entries(fields ?? {}).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button class="button quiet small${danger && ' danger'}" type="submit">${label}${about !== undefined && html`<span class="unseen"> ${about}</span>`}</button>
</form>`

export type ButtonForm = {
  action: string
  fields?: Readonly<Record<string, string>>
  label: string
  /** Read to whoever does not see beside what the button stands. */
  about?: string
  danger?: boolean
}

/** The picture of an app, or its initials. */
export const face = (picture: string | undefined, initials: string): Html =>
  picture !== undefined && isOwn(picture)
    ? html`<img class="face" src="${picture}" alt="" width="56" height="56">`
    : html`<span class="face" aria-hidden="true">${initials}</span>`

const isOwn = (path: string): boolean => webHref(path) === undefined && ownHref(path) === path

/** To the minute, in UTC until `momentsHere` has run: where the person is only their browser knows. */
export const moment = (at: number): Html =>
  html`<time datetime="${new Date(at).toISOString()}">${MOMENT.format(at)} UTC</time>`

const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** Shows moments in the person's own zone, with UTC at hand. For pages whose policy allows a script; without one they stay as they are. */
export const momentsHere = ({ nonce }: Pick<Shell, 'nonce'>): Html => html`<script nonce="${nonce}">
const here = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' })
for (const time of document.querySelectorAll('time[datetime]')) {
  time.title = time.textContent
  time.textContent = here.format(new Date(time.dateTime))
}
</script>`
