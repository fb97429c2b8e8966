// The load: a closed loop on some connections, each of which sends its next request when it has checked the answer to the last.
import { Agent, request } from 'node:http'

export interface Sent {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Answer {
  readonly status: number
  readonly body: string
}

/** One client: what it asks next, and what it takes from the answer. */
export interface Connection {
  next(): Sent
  /** @throws Error for an answer that is not the right one */
  check(answer: Answer): void
}

export interface Sample {
  readonly requests: number
  readonly seconds: number
  /** Milliseconds, ascending. */
  readonly latencies: Float64Array
  /** What went wrong, with how often it did. */
  readonly errors: ReadonlyMap<string, number>
}

const ERROR_CHARACTERS = 200

/** Runs until the time is over and every answer that was asked for has come. */
export async function drive(url: string, connections: readonly Connection[], seconds: number): Promise<Sample> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections.length })
  const latencies: number[] = []
  const errors = new Map<string, number>()
  const started = performance.now()
  const end = started + seconds * 1_000

  async function run(connection: Connection): Promise<void> {
    while (performance.now() < end) {
      const sent = performance.now()
      try {
        const answer = await exchange(agent, url, connection.next())
        latencies.push(performance.now() - sent)
        connection.check(answer)
      } catch (error) {
        const text = (error instanceof Error ? error.message : String(error)).slice(0, ERROR_CHARACTERS)
        errors.set(text, (errors.get(text) ?? 0) + 1)
      }
    }
  }

  await Promise.all(connections.map(run))
  const elapsed = (performance.now() - started) / 1_000
  agent.destroy()
  return { requests: latencies.length, seconds: elapsed, latencies: Float64Array.from(latencies).sort(), errors }
}

export function exchange(agent: Agent | undefined, url: string, sent: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = sent.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(sent.body)) }
    const outgoing = request(new URL(sent.path, url), {
      ...(agent ? { agent } : {}),
      method: sent.method,
      headers: { ...sent.headers, ...length },
    })
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      )
      incoming.on('error', reject)
    })
    outgoing.on('error', reject)
    outgoing.end(sent.body)
  })
}

/** The value below which this share of an ascending list lies. */
export const percentile = (ascending: Float64Array, share: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? Number.NaN
