// What goes on after a recovery in another browser than the one in which it was asked for: nothing is suspended here, so the app begins anew.
import type { App } from '#apps/app.ts'
import { admitsEveryone } from '#apps/feature-rules.ts'
import { assignedAppIds, findAssignment } from '#apps/service.ts'
import { type Answer, redirect } from '#http/answer.ts'
import type { Call } from '#http/route.ts'
import type { Caller } from '#kernel/caller.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import type { Session } from '#sessions/session.ts'
import type { Continuation } from '#sign-in/continuation.ts'
import type { Interaction } from '#sign-in/interaction.ts'
import type { InterruptedWay } from '#sign-in/password-link.ts'
import { findReturnTarget } from '#sign-in/return-target.ts'
import { decideReturnUrl } from '#sign-in/return-url.ts'
import { framersOf } from '#trusted-origins/trusted-origin.ts'
import { findUser } from '#users/service.ts'
import type { Deps } from '../deps.ts'
import { decideReturn } from './return-target.ts'

/** The way that was interrupted, as an interaction of its own. */
export const returning = (
  { appId, serverId, relayState }: InterruptedWay,
  created: Interaction['created'],
): Interaction => ({
  kind: 'return',
  request: {
    ...(appId === undefined ? {} : { app: appId }),
    ...(serverId === undefined ? {} : { server: serverId }),
    ...(relayState === undefined ? {} : { relayState }),
  },
  created,
})

/** What the engine calls the server that is named, or the org's own where there is none. */
export type IssuerUrl = (config: OrgConfig, serverId: string | undefined) => string

export const returnContinuation = (deps: Deps, home: Continuation, issuerUrl: IssuerUrl): Continuation => ({
  async resume(call, interaction, session) {
    const { request } = interaction
    const config = await deps.config.fresh(call.caller.org)
    const app = await appOf(deps, call, config, request.app, session)
    const user = await deps.db.read(findUser(deps.db.for(call.caller.org), session.userId))
    const relayTarget =
      request.relayState === undefined
        ? undefined
        : await findReturnTarget(deps, call.caller, { name: 'relayState', value: request.relayState })
    const issuer = issuerUrl(config, request.server)
    const target = decideReturn({ app, issuer, loginHint: user?.login ?? '', relayTarget })
    return target.kind === 'start' ? home.resume(call, interaction, session) : go(call, target.location)
  },
  async describe(call, { request }) {
    const { appsById, trustedOrigins, features } = await deps.config.get(call.caller.org)
    const app = request.app === undefined ? undefined : appsById.get(request.app)
    const there = await home.describe(call, { kind: 'home', request: {}, created: deps.now() })
    const relayed = decideReturnUrl(call.caller.orgUrl, trustedOrigins, request.relayState ?? '')
    const elsewhere = [app?.initiateLoginUri, relayed].filter((address) => address !== undefined)
    return {
      appLabel: app?.label,
      appId: app?.id,
      serverId: request.server,
      formActionOrigins: [...there.formActionOrigins, ...elsewhere],
      frameAncestors: framersOf(trustedOrigins, features, 'sign-in'),
    }
  },
})

const go = (call: Call, location: string): Answer =>
  redirect(location, call.method === 'POST' ? 303 : 302, { headers: { 'referrer-policy': 'no-referrer' } })

/** The app while it is active and the person has it. */
async function appOf(
  deps: Deps,
  { caller }: Call,
  { appsById, features }: OrgConfig,
  id: string | undefined,
  { userId }: Session,
): Promise<App | undefined> {
  const app = id === undefined ? undefined : appsById.get(id)
  if (app?.status !== 'ACTIVE') return undefined
  if (admitsEveryone(app, features)) return app
  return (await deps.db.read(findAssignment(deps.db.for(caller.org), app.id, userId))) ? app : undefined
}

/** The way of somebody new: to the app that they were made for, the only one of theirs at which a sign-in can begin. */
export async function welcomeWay(
  deps: Pick<Deps, 'config' | 'db'>,
  { org }: Pick<Caller, 'org'>,
  userId: string,
): Promise<InterruptedWay> {
  const { appsById } = await deps.config.get(org)
  const beginning = [...appsById.values()].filter(
    ({ status, initiateLoginUri, implicitAssignment }) =>
      status === 'ACTIVE' && initiateLoginUri !== undefined && !implicitAssignment,
  )
  if (beginning.length === 0) return {}
  const theirs = await deps.db.read(assignedAppIds(deps.db.for(org), userId))
  const [only, ...others] = beginning.filter(({ id }) => theirs.has(id))
  return only && others.length === 0 ? { appId: only.id } : {}
}
