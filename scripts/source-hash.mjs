// A hash of the sources that a build is made from, so that a start knows whether what stands in dist/ is still theirs.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Every file under a path, as paths below the root in one order on every system; tests are no part of a build. */
function filesUnder(root, path) {
  const full = join(root, path)
  if (!existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesUnder(root, `${path}/${name}`))
    .filter((file) => !/\.test\.tsx?$/.test(file))
}

/**
 * The hash of names and contents of the files that stand at the given paths.
 * @param {string} root
 * @param {readonly string[]} paths  files and folders below the root
 */
export function hashSources(root, paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap((path) => filesUnder(root, path))) {
    const content = readFileSync(join(root, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}
