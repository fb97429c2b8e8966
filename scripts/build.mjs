// npm run build: brings dist/ up to date.
import { ensureBuilt } from './ensure-built.mjs'

await ensureBuilt()
