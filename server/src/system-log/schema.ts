// The log on the wire: what an event promises (it may hold more), and the histogram.
import Type, { type Static } from 'typebox'
import { nullable } from '#http/wire.ts'
import { isoText } from '#kernel/instant.ts'
import { OUTCOMES, SEVERITIES } from './event.ts'
import type { Histogram } from './histogram-service.ts'

const text = Type.String()

const party = { id: text, type: text, alternateId: text, displayName: text }

const LogEventAnswer = Type.Object(
  {
    uuid: text,
    published: text,
    eventType: text,
    severity: Type.Enum(SEVERITIES),
    displayMessage: text,
    actor: Type.Object(party),
    client: Type.Object({
      ipAddress: nullable(text),
      userAgent: Type.Object({ rawUserAgent: text, os: text, browser: text }),
    }),
    authenticationContext: Type.Object({ externalSessionId: text }),
    outcome: Type.Object({ result: Type.Enum(OUTCOMES), reason: nullable(text) }),
    target: nullable(Type.Array(Type.Object(party, { title: 'LogTarget' }))),
    transaction: Type.Object({ id: text, detail: Type.Record(text, text) }),
    debugContext: Type.Object({ debugData: Type.Record(text, text) }),
  },
  { title: 'LogEvent' },
)

export const LogEventListAnswer = Type.Array(LogEventAnswer)

const counts = (names: readonly string[]) =>
  Type.Object(Object.fromEntries(names.map((name) => [name, Type.Optional(Type.Integer())])))

export const HistogramAnswer = Type.Object(
  {
    since: Type.String(),
    until: Type.String(),
    /** Milliseconds. */
    bucketWidth: Type.Integer(),
    /** Null where everything was counted. */
    countedUntil: nullable(Type.String()),
    buckets: Type.Array(
      Type.Object({
        from: Type.String(),
        total: Type.Integer(),
        severity: counts(SEVERITIES),
        outcome: counts(OUTCOMES),
      }),
    ),
  },
  { title: 'LogHistogram' },
)

interface Asked {
  readonly query: { readonly since: Parameters<typeof isoText>[0]; readonly until: Parameters<typeof isoText>[0] }
  readonly width: number
}

export const histogramToWire = (
  { query, width }: Asked,
  { buckets, countedUntil }: Histogram,
): Static<typeof HistogramAnswer> => ({
  since: isoText(query.since),
  until: isoText(query.until),
  bucketWidth: width,
  countedUntil: countedUntil === undefined ? null : isoText(countedUntil),
  buckets: buckets.map((bucket) => ({ ...bucket, from: isoText(bucket.from) })),
})
