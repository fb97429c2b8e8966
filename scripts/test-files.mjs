// Which test files a run covers, and what they need of the machine.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'

/** The folders that hold tests, in the order in which they run. */
const TEST_FOLDERS = ['scripts', 'server/src', 'server/test', 'console/src', 'e2e']

/** Every test file under a folder, in the order of its path. */
function testFilesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : testFilesUnder(path)
      return /\.test\.(ts|mjs)$/.test(entry.name) ? [path] : []
    })
}

/**
 * The test files that the given paths name (files or folders, from where the command was typed); without paths, all.
 * @param {string} root  the project's folder
 * @param {readonly string[]} paths
 */
export function findTestFiles(root, paths, cwd = root) {
  const starts =
    paths.length === 0 ? TEST_FOLDERS.map((folder) => join(root, folder)) : paths.map((path) => resolve(cwd, path))
  const files = starts.flatMap((start) => {
    if (!existsSync(start)) {
      if (paths.length === 0) return []
      throw new Error(`There is no ${start} to test.`)
    }
    return statSync(start).isDirectory() ? testFilesUnder(start) : [start]
  })
  return [...new Set(files)]
}

/**
 * What a run needs beside Node: a database server for the server's tests but the kernel's, a browser for the end-to-end ones.
 * @param {string} root
 * @param {readonly string[]} files
 */
export function decideNeeds(root, files) {
  const places = files.map((file) => relative(root, file).split(sep).join('/'))
  const needsBrowser = places.some((place) => place.startsWith('e2e/'))
  const needsPostgres =
    needsBrowser || places.some((place) => place.startsWith('server/') && !place.startsWith('server/src/kernel/'))
  return { needsPostgres, needsBrowser }
}
