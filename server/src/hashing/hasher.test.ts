import assert from 'node:assert/strict'
import { type ChildProcess, execFile } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { Refusal } from '#kernel/refusal.ts'
import { childEnvironment, childHasher } from './hasher.ts'

const hasher = childHasher({ queueMax: 6 })
after(() => hasher.close())

const started: ChildProcess[] = []
subscribe('child_process', (message) => started.push((message as { process: ChildProcess }).process))
const newest = (): ChildProcess => started.at(-1) ?? assert.fail('no child was started')

const isRefused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

test('hashes and compares in a child process that starts with the first password', async () => {
  assert.equal(started.length, 0)
  const stored = await hasher.hash('right')
  assert.match(stored, /^\$argon2id\$/)
  assert.equal(await hasher.verify('right', stored), true)
  assert.equal(await hasher.verify('wrong', stored), false)
  assert.equal(await hasher.verify('right', undefined), false)
  assert.equal(await hasher.verify('right', 'no hash'), false)
  assert.equal(started.length, 1)
})

test('what comes when the queue is full is refused, and the rest is answered', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => hasher.verify('right', undefined)))
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  assert.equal(refused.length, 4)
  for (const { reason } of refused) assert.ok(isRefused('rate_limited')(reason))
  assert.equal(await hasher.verify('right', undefined), false)
})

test('when the child dies its work is refused, and the next password starts another', async () => {
  await hasher.hash('first')
  const child = newest()
  // Stopped first, so that it can't be done before it dies.
  child.kill('SIGSTOP')
  const lost = [1, 2, 3].map(() => assert.rejects(hasher.hash('lost'), isRefused('overloaded')))
  child.kill('SIGKILL')
  await Promise.all(lost)
  assert.equal(await hasher.verify('right', await hasher.hash('right')), true)
  assert.notEqual(newest(), child)
})

test('an interrupt that reaches the child does not end its work', async () => {
  await hasher.hash('first')
  const child = newest()
  const work = hasher.hash('interrupted')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) child.kill(signal)
  assert.match(await work, /^\$argon2id\$/)
  assert.equal(newest(), child)
  assert.equal(child.exitCode, null)
})

test('closing ends the child and refuses what it had', async () => {
  const own = childHasher()
  await own.hash('first')
  const child = newest()
  const lost = assert.rejects(own.hash('lost'), isRefused('overloaded'))
  await own.close()
  await lost
  if (child.exitCode === null) await once(child, 'exit')
})

const inProgram = (text: string) => [
  '--input-type=module',
  '--eval',
  `import { childHasher } from '${new URL('./hasher.ts', import.meta.url)}'\n${text}`,
]

test('a process ends although its child is idle, and not while a hash is under way', async () => {
  const text = `
    const hasher = childHasher()
    await hasher.hash('first')
    hasher.hash('second').then((hash) => console.log(hash))`
  const { stdout } = await promisify(execFile)(process.execPath, inProgram(text))
  assert.match(stdout, /^\$argon2id\$/)
})

test('the child ends with a process that is killed', async () => {
  const text = `
    import { subscribe } from 'node:diagnostics_channel'
    subscribe('child_process', ({ process }) => setTimeout(() => console.log(process.pid), 0))
    await childHasher().hash('first')
    setInterval(() => undefined, 1000)`
  const parent = execFile(process.execPath, inProgram(text))
  assert.ok(parent.stdout)
  const [line] = await once(parent.stdout, 'data')
  const pid = Number(line)
  assert.ok(isAlive(pid))
  parent.kill('SIGKILL')
  while (isAlive(pid)) await new Promise((resolve) => setImmediate(resolve))
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('the child is given what it needs to start, and no secret of ours', () => {
  const { UV_THREADPOOL_SIZE, ...rest } = childEnvironment({
    KEYSTEAD_SECRET: 'secret',
    KEYSTEAD_ADMIN_PASSWORD: 'secret',
    LD_LIBRARY_PATH: '/opt/libatomic',
    HOME: '/root',
  })
  assert.ok(Number(UV_THREADPOOL_SIZE) >= 1)
  assert.deepEqual(rest, { LD_LIBRARY_PATH: '/opt/libatomic' })
})
