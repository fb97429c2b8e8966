// npm run dev: the server from source, started again when a file of it changes.
import { becomeNode } from './run-node.mjs'

becomeNode(['--watch', 'server/src/main.ts', ...process.argv.slice(2)])
