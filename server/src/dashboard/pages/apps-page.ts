import { type Html, html } from '#http/html.ts'
import { ownHref } from '#http/pages/href.ts'
import { DASHBOARD_PATH } from '../dashboard-path.ts'
import { face, type Shell, shellPage } from './shell-page.ts'

export type Tile = {
  href: string
  label: string
  initials: string
  /** On our own origin. */
  picture?: string | undefined
}

export type AppsPageView = Shell & {
  tiles: readonly Tile[]
  found: number
  page: number
  pages: number
  previousHref?: string | undefined
  nextHref?: string | undefined
}

/** The person's apps, one tile each. */
export function appsPage(view: AppsPageView): string {
  const isSearch = view.search !== undefined && view.search !== ''
  return shellPage(view, {
    section: 'apps',
    heading: 'My apps',
    wide: true,
    ...(isSearch && view.found > 0
      ? {
          lead: html`${counted(view.found)} for <strong>${view.search}</strong> · <a href="${DASHBOARD_PATH}">Show all</a>`,
        }
      : {}),
    body:
      view.found > 0
        ? html`<ul class="tiles">
${view.tiles.map(
  ({
    href,
    label,
    initials,
    picture,
  }) => html`<li><a class="tile" href="${ownHref(href)}">${face(picture, initials)}<span>${label}</span></a></li>
`,
)}</ul>
${pager(view)}`
        : nothing(isSearch ? view.search : undefined),
  })
}

const counted = (found: number): string => (found === 1 ? '1 app' : `${found} apps`)

function nothing(search: string | undefined): Html {
  if (search === undefined)
    return html`<div class="empty"><h2>No apps yet</h2>
<p class="hint">Apps that can be opened from here appear here, as soon as your organization gives you one.</p></div>`
  return html`<div class="empty"><h2>Nothing found</h2>
<p class="hint">None of your apps is called <strong>${search}</strong>.</p>
<p><a href="${DASHBOARD_PATH}">Show all my apps</a></p></div>`
}

function pager({ page, pages, previousHref, nextHref }: AppsPageView): Html | undefined {
  if (pages === 1) return undefined
  return html`<nav class="pages" aria-label="Pages of apps">
${previousHref !== undefined && html`<a href="${ownHref(previousHref)}" rel="prev">Previous page</a>`}
<span class="hint">Page ${page} of ${pages}</span>
${nextHref !== undefined && html`<a href="${ownHref(nextHref)}" rel="next">Next page</a>`}
</nav>`
}
