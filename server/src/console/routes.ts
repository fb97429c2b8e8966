// What a caller may know of themselves.
import { json } from '#http/answer.ts'
import { consoleCookieName } from '#http/console-cookies.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { consoleUrlOf } from './console-url.ts'
import { SelfAnswer, selfToWire } from './schema.ts'
import { getSelf } from './service.ts'

export const selfRoutes = (deps: Deps): readonly Route[] => [
  route({
    method: 'GET',
    url: '/api/v1/keystead/me',
    zone: 'none',
    bucket: 'api',
    permission: 'authenticated',
    cookie: true,
    summary: 'Read who the caller is, and what they may do',
    answer: SelfAnswer,
    async handler({ caller, cookies }) {
      const cookie = cookies.get(consoleCookieName(consoleUrlOf(deps.settings, caller.orgUrl)))
      return json(200, selfToWire(await getSelf(deps, caller, cookie), deps.settings.development))
    },
  }),
]
