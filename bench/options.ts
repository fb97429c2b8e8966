// What the bench is asked for on its command line.
import { parseArgs } from 'node:util'
import { EQUAL_TIME } from './equal-time.ts'
import { SCENARIOS } from './scenarios.ts'

export const START_UP = 'start-up'
const PARTS = [...SCENARIOS.map(({ name }) => name), START_UP, EQUAL_TIME]

export interface Options {
  readonly rounds: number
  readonly seconds: number
  readonly connections: number
  /** Of a name that somebody has and one that nobody has, at each door. */
  readonly pairs: number
  /** Which scenarios, whether starts and memory, and whether names are compared. */
  readonly only: readonly string[]
  /** Where the measurements go as JSON. */
  readonly json: string | undefined
  /** The folder for a CPU profile of Keystead under load. */
  readonly profile: string | undefined
}

export const USAGE = `npm run bench -- [options]

  --rounds N         rounds of each scenario, by turns with the peer (5)
  --seconds N        how long a round is (4)
  --connections N    clients, each with one request under way (16)
  --pairs N          known and unknown names asked at each door, one pair after the other (1000)
  --only A,B         of ${PARTS.join(', ')}
  --json FILE        every measurement of every round
  --cpu-prof FOLDER  a CPU profile of Keystead, written when it ends; it costs time itself
`

/** Undefined when help was asked for. @throws Error that says what is wrong */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      connections: { type: 'string', default: '16' },
      pairs: { type: 'string', default: '1000' },
      only: { type: 'string', default: PARTS.join(',') },
      json: { type: 'string' },
      'cpu-prof': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return undefined
  const only = values.only.split(',')
  const unknown = only.find((name) => !PARTS.includes(name))
  if (unknown !== undefined) throw new Error(`--only knows no "${unknown}", but ${PARTS.join(', ')}`)
  return {
    rounds: wholeNumber('rounds', values.rounds),
    seconds: wholeNumber('seconds', values.seconds),
    connections: wholeNumber('connections', values.connections),
    pairs: wholeNumber('pairs', values.pairs),
    only,
    json: values.json,
    profile: values['cpu-prof'],
  }
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error(`--${name} takes a whole number from 1 to 9999, not "${text}"`)
  return Number(text)
}
