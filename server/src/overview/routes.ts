// How much there is, at /api/v1/keystead/counts. Okta has no such endpoint; it is ours.
import { json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { CountsAnswer, countsToWire } from './schema.ts'
import { countEverything } from './service.ts'

export const overviewRoutes = (deps: Deps): readonly Route[] => [
  route({
    method: 'GET',
    url: '/api/v1/keystead/counts',
    zone: 'none',
    bucket: 'api',
    permission: 'authenticated',
    summary: 'Count apps, people, groups and refused requests, as far as the caller may read them',
    answer: CountsAnswer,
    handler: async ({ caller }) => json(200, countsToWire(await countEverything(deps, caller))),
  }),
]
