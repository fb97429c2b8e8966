// Node 25 and newer need libatomic.so.1, which a fresh Debian lacks. The library is fetched from the distribution into
// .cache/, without root and without a change to the system, and the Node that needs it gets its folder in its environment.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './project.mjs'

const CACHE = join(ROOT, '.cache')
const FOLDER = join(CACHE, 'libatomic')
const LIBRARY = 'libatomic.so.1'

/** The environment in which a Node without the system's library finds ours. */
export function withLibatomic(env) {
  return { ...env, LD_LIBRARY_PATH: [FOLDER, env.LD_LIBRARY_PATH].filter(Boolean).join(':') }
}

/** Brings the library here where it is not yet; false where that can't be had. */
export function fetchLibatomic() {
  if (existsSync(join(FOLDER, LIBRARY))) return true
  process.stderr.write(`Fetching ${LIBRARY}, which Node needs and this system lacks …\n`)
  mkdirSync(CACHE, { recursive: true })
  const work = mkdtempSync(join(CACHE, 'libatomic-'))
  try {
    const found = download(work) && unpack(work)
    if (found) {
      const ready = join(work, 'ready')
      mkdirSync(ready)
      copyFileSync(found, join(ready, LIBRARY))
      // Two starts at once: whoever comes second finds the folder taken, by the same library.
      if (!existsSync(FOLDER)) renameSync(ready, FOLDER)
    }
    return existsSync(join(FOLDER, LIBRARY))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** By the system's package lists, else by fresh ones in a folder of our own: those of a container image are empty. */
function download(work) {
  const ownState = [`Dir::State=${work}/state`, `Dir::Cache=${work}/cache`, 'Dir::State::status=/var/lib/dpkg/status']
  const options = [...ownState, 'APT::Sandbox::User=root'].flatMap((setting) => ['-o', setting])
  const apt = (...args) => spawnSync('apt-get', ['-q', ...args], { cwd: work, stdio: 'ignore' }).status === 0
  if (apt('download', 'libatomic1')) return true
  mkdirSync(join(work, 'state', 'lists', 'partial'), { recursive: true })
  mkdirSync(join(work, 'cache', 'archives', 'partial'), { recursive: true })
  return apt(...options, 'update') && apt(...options, 'download', 'libatomic1')
}

function unpack(work) {
  const archive = readdirSync(work).find((name) => name.endsWith('.deb'))
  if (archive === undefined) return undefined
  spawnSync('dpkg-deb', ['-x', archive, 'tree'], { cwd: work, stdio: 'ignore' })
  const tree = join(work, 'tree')
  if (!existsSync(tree)) return undefined
  const name = readdirSync(tree, { recursive: true }).find((path) => path.endsWith(`/${LIBRARY}`))
  return name === undefined ? undefined : join(tree, name)
}
