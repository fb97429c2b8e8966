// `/api/v1/sessions`: a browser's own session by its cookie alone, anybody's by an administrator's token.
import { type Answer, empty, json } from '#http/answer.ts'
import { renderRefusal, toRefusal } from '#http/render-refusal.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { clearDoubled, clearedSessionCookies } from '#http/session-cookies.ts'
import { Refusal } from '#kernel/refusal.ts'
import { tokenHash } from '#kernel/secret.ts'
import { startSessionByToken } from '#sign-in/service.ts'
import type { Deps } from '../deps.ts'
import {
  getOwnSession,
  getSession,
  type OwnedSession,
  refreshSession,
  revokeOwnSessions,
  revokeSession,
  revokeUserSessions,
} from './manage-service.ts'
import { DeleteSessionsBody, SessionTokenBody, toWire } from './schema.ts'

const SESSIONS = '/api/v1/sessions'
const ME = `${SESSIONS}/me`
const ONE = `${SESSIONS}/:id`
const MANAGE = { zone: 'none', bucket: 'sessions', permission: 'okta.sessions.manage' } as const

export const sessionRoutes = (deps: Deps): readonly Route[] => {
  /** Of the browser with its cookie: no permission is asked, since whoever has no session is told that there is none. */
  const own = {
    zone: 'trusted',
    bucket: 'sessions',
    cookie: true,
    refuse: (error: unknown, call: Call) => refuseAndClear(deps, error, call),
  } as const
  const shown = ({ caller }: Call, owned: OwnedSession, as: 'me' | 'id') => toWire(caller.orgUrl, caller.org, owned, as)
  return [
    route({
      ...own,
      method: 'GET',
      url: ME,
      summary: "Read the browser's own session; does not extend it",
      handler: async (call) =>
        json(200, shown(call, await getOwnSession(deps, call.caller), 'me'), { cookies: clearDoubled(call) }),
    }),
    route({
      ...own,
      method: 'POST',
      url: `${ME}/lifecycle/refresh`,
      summary: "Restart the idle window of the browser's own session",
      async handler(call) {
        const refreshed = await refreshSession(deps, call.caller, await getOwnSession(deps, call.caller))
        const cleared = { cookies: clearDoubled(call) }
        if (!/(^|[\s,;])return=minimal($|[\s,;])/.test(String(call.headers.prefer ?? '')))
          return json(200, shown(call, refreshed, 'me'), cleared)
        return empty(204, { ...cleared, headers: { 'preference-applied': 'return=minimal' } })
      },
    }),
    route({
      ...own,
      method: 'DELETE',
      url: ME,
      summary: 'Sign the browser out',
      async handler(call) {
        await revokeSession(deps, call.caller, await getOwnSession(deps, call.caller))
        return empty(204, { cookies: clearedSessionCookies(call.caller.orgUrl) })
      },
    }),
    route({
      method: 'POST',
      url: SESSIONS,
      zone: 'none',
      bucket: 'sessions',
      body: SessionTokenBody,
      summary: 'Make a session of a session token',
      async handler(call) {
        const started = await startSessionByToken(deps, call.caller, tokenHash(call.body.sessionToken))
        if (!started) throw new Refusal('authentication_failed')
        return json(200, shown(call, await getSession(deps, call.caller, started.session.id), 'me'))
      },
    }),
    route({
      method: 'GET',
      url: ONE,
      zone: 'none',
      bucket: 'sessions',
      permission: 'okta.sessions.read',
      summary: 'Read a session',
      handler: async (call) => json(200, shown(call, await getSession(deps, call.caller, call.params.id ?? ''), 'id')),
    }),
    route({
      ...MANAGE,
      method: 'POST',
      url: `${ONE}/lifecycle/refresh`,
      summary: 'Restart the idle window of a session',
      async handler(call) {
        const found = await getSession(deps, call.caller, call.params.id ?? '')
        return json(200, shown(call, await refreshSession(deps, call.caller, found), 'id'))
      },
    }),
    route({
      ...MANAGE,
      method: 'DELETE',
      url: ONE,
      summary: 'End a session',
      async handler({ caller, params }) {
        await revokeSession(deps, caller, await getSession(deps, caller, params.id ?? ''))
        return empty(204)
      },
    }),
    route({
      ...MANAGE,
      bucket: 'user-update',
      method: 'DELETE',
      url: '/api/v1/users/:id/sessions',
      summary: 'End all sessions of a person',
      async handler({ caller, params, query }) {
        await revokeUserSessions(deps, caller, params.id ?? '', { oauthTokens: query.get('oauthTokens') === 'true' })
        return empty(204)
      },
    }),
    route({
      zone: 'trusted',
      bucket: 'user-update',
      cookie: true,
      method: 'POST',
      url: '/api/v1/users/me/lifecycle/delete_sessions',
      body: DeleteSessionsBody,
      summary: "End the caller's other sessions",
      async handler({ caller, body }) {
        await revokeOwnSessions(deps, caller, { keepCurrent: body.keepCurrent ?? true })
        return json(200, {})
      },
    }),
  ]
}

function refuseAndClear(deps: Deps, error: unknown, call: Call): Answer | undefined {
  const refusal = toRefusal(error)
  return refusal.code === 'internal'
    ? undefined
    : { ...renderRefusal(refusal, deps.random), cookies: clearDoubled(call) }
}
