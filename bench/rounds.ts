// Rounds by turns: Keystead, the peer, Keystead, the peer … so that what else the machine does meets both alike.
import { cpuMilliseconds } from './cpu.ts'
import { drive, percentile } from './load.ts'
import type { Scenario } from './scenarios.ts'
import type { Subject } from './subject.ts'

/** One server in one round; times in milliseconds. */
export interface Measurement {
  readonly requests: number
  readonly perSecond: number
  /** User and system time of all processes; undefined where the system does not tell. */
  readonly cpu: number | undefined
  readonly p50: number
  readonly p99: number
  readonly errors: Readonly<Record<string, number>>
}

export interface Measured {
  readonly scenario: string
  readonly keystead: readonly Measurement[]
  /** Empty where the peer has nothing of the kind. */
  readonly peer: readonly Measurement[]
}

export interface Plan {
  readonly rounds: number
  readonly seconds: number
  readonly connections: number
}

const WARM_UP_SECONDS = 3

export async function measure(scenario: Scenario, keystead: Subject, peer: Subject, plan: Plan): Promise<Measured> {
  const measured = { keystead: [] as Measurement[], peer: [] as Measurement[] }
  const sides = (['keystead', 'peer'] as const).map((side) => {
    const subject = side === 'keystead' ? keystead : peer
    return { side, subject, connections: scenario.connections(subject, plan.connections) }
  })
  const answering = sides.filter(({ connections }) => connections.length > 0)
  for (const { subject, connections } of answering) await drive(subject.url, connections, WARM_UP_SECONDS)
  for (let round = 0; round < plan.rounds; round++) {
    for (const { side, subject, connections } of answering) {
      const before = cpuMilliseconds(subject.pid)
      const { requests, seconds, latencies, errors } = await drive(subject.url, connections, plan.seconds)
      const after = cpuMilliseconds(subject.pid)
      measured[side].push({
        requests,
        perSecond: requests / seconds,
        cpu: before === undefined || after === undefined ? undefined : (after - before) / requests,
        p50: percentile(latencies, 0.5),
        p99: percentile(latencies, 0.99),
        errors: Object.fromEntries(errors),
      })
    }
  }
  return { scenario: scenario.name, ...measured }
}
