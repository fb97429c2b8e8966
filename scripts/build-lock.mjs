// Two starts at once (tests do that) must not build into one folder: the second waits, and finds the work done.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const LONGEST_WAIT = 300_000

function claim(file) {
  try {
    const handle = openSync(file, 'wx')
    writeSync(handle, String(process.pid))
    closeSync(handle)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

/** A holder that was killed leaves its file behind; a file without a number is being written just now. */
function isAbandoned(file) {
  try {
    const holder = Number(readFileSync(file, 'utf8'))
    if (holder > 0) process.kill(holder, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/**
 * Runs `work` while no other process does so in the same folder.
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withBuildLock(folder, work) {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, '.building')
  const deadline = Date.now() + LONGEST_WAIT
  while (!claim(file)) {
    if (isAbandoned(file)) rmSync(file, { force: true })
    else if (Date.now() > deadline)
      throw new Error(`Another build has held ${file} for too long; remove it if none runs.`)
    else await wait(50)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}
