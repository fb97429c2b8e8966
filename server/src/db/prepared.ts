// Statements whose shape never changes. Building and compiling one takes Kysely longer than running it takes SQLite, so a hot one is made
// once, with stand-ins for its values and its org, and afterwards only those are put in.
import type { CompiledQuery } from 'kysely'
import type { OrgDb } from './org-db.ts'
import { nameOfStandIn, ORG, standIn } from './stand-in.ts'

/** What differs from call to call. A list or `undefined` would change the shape. */
type Values<V> = { readonly [K in keyof V]: string | number | null }

interface Query<O> {
  compile(): CompiledQuery<O>
}

interface Made<O> {
  readonly query: CompiledQuery<O>
  /** Which value stands where; undefined for what is always the same. */
  readonly names: readonly (string | undefined)[]
}

const standIns = new Proxy({}, { get: (_, name) => standIn(String(name)) })

/**
 * A statement that is made once for each database. `build` is given stand-ins, so it must not look at its values: no condition, no
 * arithmetic, no text made of them.
 */
export function prepared<V extends Values<V>, O>(
  build: (tx: OrgDb, values: V) => Query<O>,
): (tx: OrgDb, values: V) => Query<O> {
  const made = new WeakMap<OrgDb, Made<O>>()

  function make(template: OrgDb): Made<O> {
    const query = build(template, standIns as V).compile()
    const fresh = { query, names: query.parameters.map(nameOfStandIn) }
    made.set(template, fresh)
    return fresh
  }

  return (tx, values) => ({
    compile() {
      const { query, names } = made.get(tx.template) ?? make(tx.template)
      const given: Readonly<Record<string, unknown>> = values
      const parameters = query.parameters.map((value, index) => {
        const name = names[index]
        if (name === undefined) return value
        return name === ORG ? tx.org : given[name]
      })
      return { ...query, parameters }
    },
  })
}
