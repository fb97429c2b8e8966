import { type Html, html } from '#http/html.ts'
import { SECURITY_PATHS } from '../dashboard-path.ts'
import { moment, momentsHere, type Shell, shellPage } from './shell-page.ts'

export type OwnMethod = {
  id: string
  name: string
  /** Which of them: an address, the name of a key. */
  detail?: string | undefined
  since: number
}

export type OfferedMethod = {
  key: string
  name: string
  about: string
  /** The policy demands it. */
  required: boolean
}

export type SecurityPageView = Shell & {
  methods: readonly OwnMethod[]
  offers: readonly OfferedMethod[]
}

/** What the person proves themselves with besides the password. */
export const securityPage = (view: SecurityPageView): string =>
  shellPage(view, {
    section: 'security',
    heading: 'Security methods',
    lead: 'What you prove yourself with besides your password. To change it you sign in once more, if that was a while ago.',
    body: html`<h2 id="own">Yours</h2>
${
  view.methods.length === 0
    ? html`<div class="empty"><h3>No security methods yet</h3>
<p class="hint">Set one up below: a stolen password alone then opens nothing where one is asked for.</p></div>`
    : html`<ul class="rows" aria-labelledby="own">
${view.methods.map(methodRow)}</ul>`
}
${
  view.offers.length > 0 &&
  html`<h2 id="offers">More that you can set up</h2>
<ul class="rows" aria-labelledby="offers">
${view.offers.map(offerRow)}</ul>`
}
${view.methods.length > 0 && momentsHere(view)}`,
  })

const methodRow = ({ id, name, detail, since }: OwnMethod): Html => html`<li class="row"><div><h3>${name}</h3>
<p class="hint">${detail !== undefined && html`${detail} · `}since ${moment(since)}</p></div>
<a class="button quiet small" href="${SECURITY_PATHS.remove}?${new URLSearchParams({ factor: id }).toString()}">Remove<span class="unseen"> ${name}</span></a></li>
`

const offerRow = ({ key, name, about, required }: OfferedMethod): Html => html`<li class="row"><div><h3>${name}</h3>
<p class="hint">${about}${required && '. Your organization asks for it.'}</p></div>
<a class="button quiet small" href="${SECURITY_PATHS.setUp}?${new URLSearchParams({ factor: key }).toString()}">Set up<span class="unseen"> ${name}</span></a></li>
`
