// The measurements as a table for the terminal.
import { type Compared, judgePairs } from './equal-time.ts'
import { median } from './numbers.ts'
import type { Measured, Measurement } from './rounds.ts'
import type { StartUp } from './start-up.ts'

export interface Report {
  readonly heading: readonly string[]
  readonly scenarios: readonly Measured[]
  readonly startUp: { readonly keystead: readonly StartUp[]; readonly peer: readonly StartUp[] }
  /** Megabytes right after the load. */
  readonly afterLoad: { readonly keystead: number | undefined; readonly peer: number | undefined }
  /** Names that somebody has beside names that nobody has. */
  readonly compared: readonly Compared[]
}

type Cells = readonly string[]

const HEAD: Cells = ['', '', 'CPU ms/request', 'requests/s', 'p50 ms', 'p99 ms', 'errors']

export function renderReport({ heading, scenarios, startUp, afterLoad, compared }: Report): string {
  const start = (part: (one: StartUp) => number | undefined, name: string, digits: number): readonly Cells[] => [
    [name, 'Keystead', spread(startUp.keystead.map(part), digits)],
    ['', 'peer', spread(startUp.peer.map(part), digits)],
    ['', 'ratio', spread(ratios(startUp.keystead.map(part), startUp.peer.map(part)), 2)],
  ]
  const tables = [
    scenarios.length > 0 ? table([HEAD, ...scenarios.flatMap(scenarioRows)]) : '',
    startUp.keystead.length > 0
      ? table([...start((one) => one.ready, 'start to answer, ms', 0), ...start((one) => one.atRest, 'at rest, MB', 0)])
      : '',
    scenarios.length > 0
      ? table([['after the load, MB', 'Keystead', number(afterLoad.keystead, 0), 'peer', number(afterLoad.peer, 0)]])
      : '',
    compared.length > 0 ? table([COMPARED_HEAD, ...compared.map(comparedRow)]) : '',
  ]
  return [heading.join('\n'), ...tables.filter(Boolean), ...errorLines(scenarios)].join('\n\n')
}

export const countErrors = (scenarios: readonly Measured[]): number =>
  scenarios.flatMap(({ keystead, peer }) => [...keystead, ...peer]).reduce((sum, one) => sum + errorsOf(one), 0)

function scenarioRows({ scenario, keystead, peer }: Measured): readonly Cells[] {
  const row = (name: string, label: string, list: readonly Measurement[]): Cells => [
    name,
    label,
    spread(
      list.map(({ cpu }) => cpu),
      3,
    ),
    spread(
      list.map(({ perSecond }) => perSecond),
      0,
    ),
    spread(
      list.map(({ p50 }) => p50),
      1,
    ),
    spread(
      list.map(({ p99 }) => p99),
      1,
    ),
    String(list.reduce((sum, one) => sum + errorsOf(one), 0)),
  ]
  const first = row(scenario, 'Keystead', keystead)
  if (peer.length === 0) return [first]
  const ratio = (part: (one: Measurement) => number | undefined) =>
    spread(ratios(keystead.map(part), peer.map(part)), 2)
  const last = [
    '',
    'ratio',
    ratio((one) => one.cpu),
    ratio((one) => one.perSecond),
    ratio((one) => one.p50),
    ratio((one) => one.p99),
  ]
  return [first, row('', 'peer', peer), last]
}

const COMPARED_HEAD: Cells = ['', 'known ms', 'unknown ms', 'difference ms (95 %)', 'known was slower', 'pairs']

function comparedRow(compared: Compared): Cells {
  const { known, unknown, difference, slower, chance } = judgePairs(compared)
  return [
    compared.door,
    number(known, 2),
    number(unknown, 2),
    `${number(difference.median, 3)} (${number(difference.least, 3)} to ${number(difference.most, 3)})`,
    `${number(slower * 100, 1)} % (a coin: ${number(50 - chance * 100, 1)}–${number(50 + chance * 100, 1)} %)`,
    String(compared.known.length),
  ]
}

/** Round by round: what the machine did otherwise in a round stands on both sides of its ratio. */
const ratios = (ours: readonly (number | undefined)[], theirs: readonly (number | undefined)[]) =>
  ours.map((value, index) => {
    const other = theirs[index]
    return value === undefined || other === undefined ? undefined : value / other
  })

/** Median (least–most). */
function spread(values: readonly (number | undefined)[], digits: number): string {
  const known = values.filter((value) => value !== undefined).sort((a, b) => a - b)
  if (known.length === 0) return 'not available'
  return `${number(median(known), digits)} (${number(known[0], digits)}–${number(known.at(-1), digits)})`
}

const number = (value: number | undefined, digits: number): string =>
  value === undefined ? 'not available' : value.toFixed(digits)

const errorsOf = ({ errors }: Measurement): number => Object.values(errors).reduce((sum, count) => sum + count, 0)

function errorLines(scenarios: readonly Measured[]): readonly string[] {
  return scenarios.flatMap(({ scenario, keystead, peer }) =>
    [...keystead, ...peer].flatMap(({ errors }) =>
      Object.entries(errors).map(([text, count]) => `${scenario}: ${count} × ${text}`),
    ),
  )
}

function table(rows: readonly Cells[]): string {
  const columns = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
