// Refused requests on the wire.
import Type from 'typebox'
import type { App } from '#apps/app.ts'
import { nullable } from '#http/wire.ts'
import { isoText } from '#kernel/instant.ts'
import type { Explanation } from './explain.ts'
import { FIX_KINDS, type Fix } from './fix.ts'
import { MARK_KINDS } from './redirect-difference.ts'
import { REASONS, type RefusedRequest } from './refused-request.ts'

const texts = Type.Array(Type.String())

const FixAnswer = Type.Object(
  {
    kind: Type.Enum(FIX_KINDS),
    title: Type.String(),
    warning: nullable(Type.String()),
    method: Type.Enum(['POST', 'PUT']),
    path: Type.String(),
    body: nullable(Type.Object({})),
    before: texts,
    after: texts,
  },
  { title: 'RefusedRequestFix' },
)

const DifferenceAnswer = Type.Object(
  {
    registered: Type.String(),
    marks: Type.Array(Type.Object({ kind: Type.Enum(MARK_KINDS), sent: Type.String(), registered: Type.String() })),
  },
  { title: 'Difference' },
)

export const RefusedRequestListAnswer = Type.Array(
  Type.Object(
    {
      id: Type.String(),
      reason: Type.Enum(REASONS),
      sentence: Type.String(),
      resolved: Type.Boolean(),
      app: nullable(Type.Object({ id: Type.String(), label: Type.String(), clientId: Type.String() })),
      endpoint: Type.String(),
      sent: Type.Object({ name: Type.String(), value: Type.String(), whole: Type.Boolean() }),
      registered: texts,
      differences: Type.Array(DifferenceAnswer),
      user: nullable(Type.Object({ id: Type.String(), login: Type.String() })),
      count: Type.Integer(),
      firstSeen: Type.String(),
      lastSeen: Type.String(),
      ip: Type.String(),
      userAgent: Type.String(),
      fix: nullable(FixAnswer),
    },
    { title: 'RefusedRequest' },
  ),
)

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
