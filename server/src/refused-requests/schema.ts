// Refused requests on the wire.

import type { App } from '#apps/app.ts'
import { isoText } from '#kernel/instant.ts'
import type { Explanation } from './explain.ts'
import type { Fix } from './fix.ts'
import type { RefusedRequest } from './refused-request.ts'

/** An app as the body of its replacement; handed in, since an app's wire is its own room's. */
export type AppToBody = (app: App) => object

export function toWire(request: RefusedRequest, explanation: Explanation, appToBody: AppToBody) {
  const { app, registered, differences, fix, sentence, resolved } = explanation
  return {
    id: request.id,
    reason: request.reason,
    sentence,
    resolved,
    app: app ? { id: app.id, label: app.label, clientId: app.clientId } : null,
    endpoint: request.endpoint,
    sent: { ...request.sent, whole: request.whole },
    registered,
    differences,
    user: request.person ?? null,
    count: request.count,
    firstSeen: isoText(request.firstSeen),
    lastSeen: isoText(request.lastSeen),
    ip: request.ip,
    userAgent: request.userAgent,
    fix: fix ? fixToWire(fix, appToBody) : null,
  }
}

function fixToWire({ kind, title, warning, method, path, body, before, after }: Fix, appToBody: AppToBody) {
  const sent = body === undefined ? null : 'app' in body ? appToBody(body.app) : body.json
  return { kind, title, warning: warning ?? null, method, path, body: sent, before, after }
}
