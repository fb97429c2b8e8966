// The server as `main.ts` starts it, but its clock stands still, at the instant that it is given, until its parent sends it a later one.
// It is no part of what ships.
import { randomFillSync } from 'node:crypto'
import { join } from 'node:path'
import { pino } from 'pino'
import { type Instant, instant } from '#kernel/instant.ts'
import { pooledRandom } from '#kernel/pooled-random.ts'
import { renderReady } from '../../src/banner.ts'
import { readSettings } from '../../src/config.ts'
import { serve } from '../../src/serve.ts'

const [, , beginning] = process.argv
let time: Instant = instant(Number(beginning))

const settings = readSettings(process.env)
const close = await serve(settings, {
  now: () => time,
  random: pooledRandom(randomFillSync),
  log: pino({ level: settings.logLevel }),
  onFatal: () => process.exit(1),
  print: (text) => void process.stdout.write(text),
  consoleFolder: join(import.meta.dirname, '../../../dist/console'),
})

process.on('message', (sent: number) => {
  time = instant(sent)
  process.send?.(time)
})
// The test is gone, and with it whoever would end us.
process.once('disconnect', () => process.exit())
let isClosing = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => {
    if (isClosing) return
    isClosing = true
    await close()
    process.exit()
  })
}
process.stdout.write(renderReady(settings))
