// npm run screens: takes the pictures of the README and the guides anew.
import { ensureBuilt } from './ensure-built.mjs'
import { becomeNode } from './run-node.mjs'

await ensureBuilt()
becomeNode(['e2e/screens.ts'])
