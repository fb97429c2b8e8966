// What the processes of a server cost, read from /proc: all threads and children count. Elsewhere than on Linux nothing is known.
import { readdirSync, readFileSync } from 'node:fs'

/** `USER_HZ`: Linux counts in hundredths of a second here, whatever its own clock does. */
const TICK_MILLISECONDS = 10

interface ProcessStat {
  readonly pid: number
  readonly parent: number
  readonly ticks: number
}

/** User and system time that a process, its threads and its children, living and ended, have used so far. */
export function cpuMilliseconds(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined
  return processTree(pid).reduce((sum, { ticks }) => sum + ticks * TICK_MILLISECONDS, 0)
}

/** What a process and its children hold in memory; pages that they share count once for each. */
export function residentMegabytes(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined
  return processTree(pid).reduce((sum, entry) => sum + residentKilobytes(entry.pid) / 1024, 0)
}

function processTree(root: number): readonly ProcessStat[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== undefined)
  const members = new Set([root])
  // A child's number may be smaller than its parent's, so one pass is not enough.
  for (let size = 0; size !== members.size; ) {
    size = members.size
    for (const { pid, parent } of all) if (members.has(parent)) members.add(pid)
  }
  return all.filter(({ pid }) => members.has(pid))
}

/** proc_pid_stat(5): the name in brackets may hold anything, what follows is numbers. */
function readStat(pid: number): ProcessStat | undefined {
  const text = readOrNothing(`/proc/${pid}/stat`)
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  if (fields.length < 15) return undefined
  const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15).map(Number)
  const ticks = (user ?? 0) + (system ?? 0) + (childrenUser ?? 0) + (childrenSystem ?? 0)
  return { pid, parent: Number(fields[1]), ticks }
}

const residentKilobytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readOrNothing(`/proc/${pid}/status`))?.[1] ?? 0)

/** A process may end between being listed and being read. */
function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
