// `/api/v1/authenticators`: read only, since nothing about them can be changed yet.
import { json } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import { notFound } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import { authenticatorsOf } from './authenticator.ts'
import { AuthenticatorAnswer, AuthenticatorListAnswer, authenticatorToWire } from './authenticator-schema.ts'

const READ = { method: 'GET', zone: 'none', bucket: 'api', permission: 'okta.authenticators.read' } as const

export const authenticatorRoutes = (deps: Deps): readonly Route[] => [
  route({
    ...READ,
    url: '/api/v1/authenticators',
    summary: 'List what people can prove themselves with',
    answer: AuthenticatorListAnswer,
    async handler({ caller }) {
      const { org } = await deps.config.get(caller.org)
      return json(
        200,
        authenticatorsOf(org).map((one) => authenticatorToWire(caller.orgUrl, org.created, one)),
      )
    },
  }),
  route({
    ...READ,
    url: '/api/v1/authenticators/:id',
    summary: 'Read one of what people can prove themselves with',
    answer: AuthenticatorAnswer,
    async handler({ caller, params }) {
      const { org } = await deps.config.get(caller.org)
      const found = authenticatorsOf(org).find(({ id }) => id === params.id)
      if (!found) throw notFound(params.id ?? '', 'Authenticator')
      return json(200, authenticatorToWire(caller.orgUrl, org.created, found))
    },
  }),
]
