// Where the peer keeps things: plain maps. Its own store for development forgets after a thousand entries and walks through all tokens
// of an authorization at each refresh, which would be measured as its work.
type Payload = Record<string, unknown>

export interface Adapter {
  upsert(id: string, payload: Payload): Promise<void>
  find(id: string): Promise<Payload | undefined>
  consume(id: string): Promise<void>
  destroy(id: string): Promise<void>
  revokeByGrantId(grantId: string): Promise<void>
}

/** A map for each of the provider's models. */
export function mapAdapter(): Adapter {
  const rows = new Map<string, Payload>()
  return {
    async upsert(id, payload) {
      rows.set(id, payload)
    },
    find: async (id) => rows.get(id),
    async consume(id) {
      const payload = rows.get(id)
      if (payload) payload.consumed = Math.floor(Date.now() / 1_000)
    },
    async destroy(id) {
      rows.delete(id)
    },
    async revokeByGrantId(grantId) {
      for (const [id, payload] of rows) if (payload.grantId === grantId) rows.delete(id)
    },
  }
}
