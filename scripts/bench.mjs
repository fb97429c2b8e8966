// npm run bench: the load generator against the built server, with what else it is given: npm run bench -- --help.
import { ensureBuilt } from './ensure-built.mjs'
import { becomeNode } from './run-node.mjs'

await ensureBuilt()
becomeNode(['bench/main.ts', ...process.argv.slice(2)])
