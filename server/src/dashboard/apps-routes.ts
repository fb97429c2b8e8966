// The person's apps as tiles.
import type { App } from '#apps/app.ts'
import { embedPath } from '#apps/app-link.ts'
import { listAppLinks } from '#apps/app-link-service.ts'
import { logoPath } from '#apps/logo.ts'
import type { Route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { DASHBOARD_PATH } from './dashboard-path.ts'
import { pageRoutes, showPage } from './page-routes.ts'
import { appsPage } from './pages/apps-page.ts'
import { cutTiles, initialsOf, readTileQuery } from './tiles.ts'

export const appsRoutes = (deps: Deps): readonly Route[] => [
  pageRoutes(deps).show(DASHBOARD_PATH, "The person's apps", async (visit) => {
    const query = readTileQuery(visit.call.query)
    const apps = await listAppLinks(deps, visit.caller, visit.user.id)
    const { tiles, found, page, pages } = cutTiles(apps, query)
    const hrefOf = (at: number) =>
      at < 1 || at > pages
        ? undefined
        : `${DASHBOARD_PATH}?${new URLSearchParams({ q: query.search, page: String(at) })}`
    const cut = { found, page, pages, previousHref: hrefOf(page - 1), nextHref: hrefOf(page + 1) }
    return showPage(deps, visit, (shell) => appsPage({ ...shell, ...cut, tiles: tiles.map(tileOf) }), {
      search: query.search,
    })
  }),
]

const tileOf = (app: App) => ({
  href: embedPath(app),
  label: app.label,
  initials: initialsOf(app.label),
  picture: app.logo && logoPath(app.logo),
})
