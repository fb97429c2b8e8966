// npm links the Node that it installed as node_modules/.bin/node, before any other in an npm script. Where that one can't
// start as it is (see libatomic.mjs), this links the Node that runs npm in its place, and the scripts take it from there.
import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './project.mjs'

const link = join(ROOT, 'node_modules', '.bin', 'node')
rmSync(link, { force: true })
symlinkSync(process.execPath, link)
