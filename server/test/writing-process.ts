// A process that writes rows to the SQLite database that it is given and names each one, a line, once it is acknowledged. A test ends
// it without warning.
import { writeSync } from 'node:fs'
import { openDb } from '#db/open.ts'
import { run } from '#db/unit.ts'

const [, , file = '', prefix = 'row'] = process.argv
const STDOUT = 1
const PAYLOAD = 'x'.repeat(500)
const IN_PARALLEL = 20

const db = await openDb({ database: `sqlite:${file}`, now: Date.now, onFatal: () => process.exit(1) })

async function writeOn(lane: number): Promise<never> {
  for (let n = 0; ; n++) {
    const id = `${prefix}-${lane}-${n}`
    await db.write(() => run(db.system.insertInto('node').values({ id, version: PAYLOAD, seen_at: n })))
    // At once and not by a stream's buffer: what was printed was acknowledged, and the other way about.
    writeSync(STDOUT, `${id}\n`)
  }
}

await Promise.all(Array.from({ length: IN_PARALLEL }, (_, lane) => writeOn(lane)))
