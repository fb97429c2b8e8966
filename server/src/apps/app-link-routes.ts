// `/api/v1/users/{id}/appLinks`: the apps of a person as they are shown to them.
import { json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import { readUser } from '#users/service.ts'
import type { Deps } from '../deps.ts'
import { AppLinkListAnswer, appLinkToWire } from './app-link-schema.ts'
import { listAppLinks } from './app-link-service.ts'

export const appLinkRoutes = (deps: Deps): readonly Route[] => [
  route({
    method: 'GET',
    url: '/api/v1/users/:id/appLinks',
    zone: 'trusted',
    bucket: 'api',
    permission: 'authenticated',
    cookie: true,
    summary: 'List the apps of a person as they are shown to them',
    answer: AppLinkListAnswer,
    async handler({ caller, params }) {
      const { id: userId } = await readUser(deps, caller, params.id ?? '')
      const owner = { org: caller.org, orgUrl: caller.orgUrl, userId }
      const apps = await listAppLinks(deps, caller, userId)
      return json(
        200,
        apps.map((app, place) => appLinkToWire(app, owner, place)),
      )
    },
  }),
]
