// The log's histogram on the wire.
import Type, { type Static } from 'typebox'
import { isoText } from '#kernel/instant.ts'
import { OUTCOMES, SEVERITIES } from './event.ts'
import type { Histogram } from './histogram-service.ts'

const counts = (names: readonly string[]) =>
  Type.Object(Object.fromEntries(names.map((name) => [name, Type.Optional(Type.Integer())])))

export const HistogramAnswer = Type.Object(
  {
    since: Type.String(),
    until: Type.String(),
    /** Milliseconds. */
    bucketWidth: Type.Integer(),
    /** Null where everything was counted. */
    countedUntil: Type.Union([Type.String(), Type.Null()]),
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
