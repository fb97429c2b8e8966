// npm start, and npm run keystead -- admin reset: runs the built program with the arguments given, building it first where
// the sources are not those that it was built from.
//
// package.json runs it as `exec node … || node …`: without exec a shell stands between npm and the server, and a signal that
// ends npm would end the shell and leave the server behind. Windows knows no exec, says so, and takes the second command.
import { join } from 'node:path'
import { ensureBuilt } from './ensure-built.mjs'
import { DIST } from './project.mjs'
import { becomeNode } from './run-node.mjs'

try {
  await ensureBuilt()
} catch (error) {
  console.error(`\nThe build failed: ${error.message}`)
  process.exit(1)
}
becomeNode([join(DIST, 'server', 'main.js'), ...process.argv.slice(2)])
