// npm run bench: Keystead, durable on SQLite, beside oidc-provider, in memory, under the same load from this process. It measures and
// never judges: it fails only when an answer is wrong.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { residentMegabytes } from './cpu.ts'
import { type Compared, compareNames, EQUAL_TIME, PAIRS_BEFORE } from './equal-time.ts'
import { newPlace, startKeystead } from './keystead.ts'
import { DISCOVERY, prepareKeystead } from './keystead-setup.ts'
import { type Options, readOptions, START_UP, USAGE } from './options.ts'
import { newPeerKey, PEER_DISCOVERY, peerVersion, startPeer } from './peer.ts'
import { countErrors, renderReport } from './report.ts'
import { type Measured, measure } from './rounds.ts'
import { SCENARIOS } from './scenarios.ts'
import { measureStart, type StartUp } from './start-up.ts'

/** A name may be tried four times a second, and a core hashes some hundred passwords in that time. */
const PEOPLE_PER_CORE = 64

async function bench(options: Options, folder: string): Promise<number> {
  const place = await newPlace(folder)
  const peerKey = newPeerKey()
  const loadBefore = loadavg()
  const chosen = SCENARIOS.filter(({ name }) => options.only.includes(name))

  progress('preparing')
  const keystead = await startKeystead(place, profileFlags(options))
  const peer = await startPeer(peerKey)
  const people = Math.max(
    options.connections,
    options.only.includes('sign-in') ? PEOPLE_PER_CORE * availableParallelism() : 0,
  )
  const ours = await prepareKeystead(keystead, place, { families: options.connections, people })
  const theirs = await peer.prepare(options.connections)

  const scenarios: Measured[] = []
  for (const scenario of chosen) {
    progress(scenario.name)
    scenarios.push(await measure(scenario, ours, theirs, options))
  }
  const afterLoad = { keystead: residentMegabytes(ours.pid), peer: residentMegabytes(theirs.pid) }
  await ours.stop()
  await theirs.stop()

  const startUp = { keystead: [] as StartUp[], peer: [] as StartUp[] }
  for (let round = 0; options.only.includes(START_UP) && round < options.rounds; round++) {
    progress(START_UP)
    startUp.keystead.push(await measureStart(() => startKeystead(place), DISCOVERY))
    startUp.peer.push(await measureStart(() => startPeer(peerKey), PEER_DISCOVERY))
  }

  const compared = options.only.includes(EQUAL_TIME) ? await compareKnownAndUnknown(options, join(folder, 'names')) : []

  const load = [loadBefore, loadavg()].map(([minute = 0]) => minute.toFixed(1)).join(' before, ')
  const heading = [
    `Keystead on SQLite beside ${peerVersion()} in memory, Node ${process.version}`,
    `${cpus().length} × ${cpus()[0]?.model ?? 'an unknown CPU'}; load average ${load} after`,
    `${options.rounds} rounds of ${options.seconds} s by turns, ${options.connections} connections; median (least–most), ratio = Keystead / peer`,
  ]
  process.stdout.write(`\n\n${renderReport({ heading, scenarios, startUp, afterLoad, compared })}\n`)
  if (options.json !== undefined)
    writeFileSync(
      options.json,
      `${JSON.stringify({ heading, options, scenarios, startUp, afterLoad, compared }, null, 2)}\n`,
    )
  return countErrors(scenarios)
}

/** In a Keystead of its own, which has so many people. */
async function compareKnownAndUnknown({ pairs }: Options, folder: string): Promise<readonly Compared[]> {
  progress(EQUAL_TIME)
  mkdirSync(folder)
  const place = await newPlace(folder)
  const subject = await prepareKeystead(await startKeystead(place), place, {
    families: 0,
    people: pairs + PAIRS_BEFORE,
  })
  const compared = await compareNames(subject, pairs)
  await subject.stop()
  return compared
}

const profileFlags = ({ profile }: Options): readonly string[] =>
  profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]

const progress = (text: string) => process.stderr.write(`${text} … `)

const options = readOptions(process.argv.slice(2))
if (options) {
  const folder = mkdtempSync(join(tmpdir(), 'keystead-bench-'))
  try {
    if ((await bench(options, folder)) > 0) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
} else process.stdout.write(USAGE)
