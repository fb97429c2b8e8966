// npm start, and npm run keystead -- admin reset: runs the built program with the arguments given, building it first where
// the sources are not those that it was built from.
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
