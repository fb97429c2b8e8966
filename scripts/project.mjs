// Where things stand in the project's folder.
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = resolve(fileURLToPath(new URL('..', import.meta.url)))
export const DIST = join(ROOT, 'dist')

/** Node keeps compiled code here, and stripped TypeScript, so that the next start needs to do neither. */
export const COMPILE_CACHE = join(ROOT, '.cache', 'compile')
