// The program as it is started: a process of its own in an empty folder.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { newDatabase } from '#test/databases.ts'
import { freePort, type Program, startProgram } from '#test/processes/program.ts'

const MAIN = join(import.meta.dirname, 'main.ts')
const STACK = /\n\s+at /

const parent = mkdtempSync(join(tmpdir(), 'keystead-main-'))
after(() => rmSync(parent, { recursive: true, force: true }))

const start = (folder: string, env: Readonly<Record<string, string>> = {}, ...args: readonly string[]): Program =>
  startProgram(MAIN, { folder, env, args })

/** An empty folder and what a start in it is told. */
async function newPlace() {
  const folder = mkdtempSync(join(parent, 'place-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  return { folder, url, env: { KEYSTEAD_URL: url, KEYSTEAD_HOST: '127.0.0.1' } }
}

const stop = (program: Program): Promise<void> => program.stop()

async function signIn(url: string, username: string, password: string): Promise<number> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ username, password })
  return (await fetch(`${url}/api/v1/authn`, { method: 'POST', headers, body })).status
}

const login = (text: string): string => /^ {2}administrator {2}(\S+)$/m.exec(text)?.[1] ?? assert.fail(text)
const password = (text: string): string => /^ {2}password {7}(\S+)$/m.exec(text)?.[1] ?? assert.fail(text)
const mode = (file: string): number => statSync(file).mode & 0o777

test('mail that is queued goes out at once, and a server that sent some stops like any other', async () => {
  let received: (source: string) => void = () => undefined
  const arrival = new Promise<string>((resolve) => (received = resolve))
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received(Buffer.concat(chunks).toString())
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  assert.ok(typeof address === 'object' && address)
  const { folder, url, env } = await newPlace()
  const apiToken = randomBytes(30).toString('base64url')
  const smtp = `smtp://127.0.0.1:${address.port}`
  const program = start(folder, { ...env, KEYSTEAD_API_TOKEN: apiToken, KEYSTEAD_SMTP_URL: smtp })
  await program.ready()
  const headers = { authorization: `SSWS ${apiToken}` }
  assert.equal((await fetch(`${url}/api/v1/keystead/test-mail`, { method: 'POST', headers })).status, 202)
  const source = await arrival
  assert.match(source, /^To: admin@keystead\.localhost\r$/m)
  assert.match(source, /^Subject: A test from Keystead\r$/m)
  await stop(program)
  server.close(() => undefined)
})

describe('the life of a server on SQLite', async () => {
  const { folder, url, env } = await newPlace()
  const data = join(folder, 'data')
  const apiToken = randomBytes(30).toString('base64url')
  const readApps = () => fetch(`${url}/api/v1/apps`, { headers: { authorization: `SSWS ${apiToken}` } })
  let first = { login: '', password: '' }

  test('the first start makes what it needs, for its own eyes, and shows the password once', async () => {
    const program = start(folder, { ...env, KEYSTEAD_API_TOKEN: apiToken })
    await program.ready()
    const text = program.text()
    first = { login: login(text), password: password(text) }
    assert.equal(text.split(first.password).length, 2)
    assert.ok(text.includes(`Keystead is ready at ${url}\n`))
    assert.equal(first.login, 'admin@keystead.localhost')
    if (process.platform !== 'win32') {
      assert.equal(mode(data), 0o700)
      for (const file of readdirSync(data)) assert.equal(mode(join(data, file)), 0o600, file)
    }
    assert.equal(await signIn(url, first.login, first.password), 200)
    assert.equal(await signIn(url, first.login, `${first.password}x`), 401)
    assert.equal((await readApps()).status, 200)
    await stop(program)
    assert.equal(program.text(), text)
    // All of the write-ahead log has moved into the database.
    assert.deepEqual(readdirSync(data).toSorted(), ['keystead.db', 'keystead.key'])
  })

  test('a restart keeps everything and shows no secret; killed, it loses nothing', async () => {
    const program = start(folder, env)
    await program.ready()
    assert.equal(program.text(), `Keystead is ready at ${url}\n`)
    assert.equal(await signIn(url, first.login, first.password), 200)
    const headers = { authorization: `SSWS ${apiToken}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ profile: { name: 'Kept' } })
    const created = await fetch(`${url}/api/v1/groups`, { method: 'POST', headers, body })
    assert.equal(created.status, 200)
    await program.kill()

    const again = start(folder, env)
    await again.ready()
    const groups = await fetch(`${url}/api/v1/groups?q=Kept`, { headers })
    assert.equal((await groups.text()).match(/"name":"Kept"/g)?.length, 1)
    await stop(again)
  })

  test('admin reset, beside the running server, gives the administrator another password', async () => {
    const program = start(folder, env)
    await program.ready()
    const reset = start(folder, env, 'admin', 'reset')
    assert.equal(await reset.ended, 0, reset.text())
    const [name, next = assert.fail(), ...rest] = reset.text().split('\n')
    assert.deepEqual([name, rest], [first.login, ['']])
    assert.equal(await signIn(url, first.login, next), 200)
    assert.equal(await signIn(url, first.login, first.password), 401)
    const logged = await fetch(
      `${url}/api/v1/logs?filter=${encodeURIComponent('eventType eq "user.account.reset_password"')}`,
      {
        headers: { authorization: `SSWS ${apiToken}` },
      },
    )
    assert.equal(((await logged.json()) as readonly unknown[]).length, 1)
    await stop(program)
  })

  test('another KEYSTEAD_URL moves the org', async () => {
    const port = await freePort()
    const moved = `http://127.0.0.1:${port}`
    const program = start(folder, { KEYSTEAD_URL: moved })
    await program.ready()
    const discovery = await fetch(`${moved}/oauth2/default/.well-known/openid-configuration`)
    assert.partialDeepStrictEqual(await discovery.json(), { issuer: `${moved}/oauth2/default` })
    assert.equal((await fetch(`http://localhost:${port}/`)).status, 421)
    await stop(program)
    const back = start(folder, env)
    await back.ready()
    await stop(back)
  })

  test('another secret stops it with a sentence, and a lost key is not replaced', async () => {
    const other = start(folder, { ...env, KEYSTEAD_SECRET: randomBytes(32).toString('base64url') })
    assert.equal(await other.ended, 1)
    assert.match(other.text(), /^Keystead stops: KEYSTEAD_SECRET .* is not the one that this database was made with\n$/)

    const key = join(data, 'keystead.key')
    const kept = readFileSync(key, 'utf8').trim()
    renameSync(key, `${key}.away`)
    const lost = start(folder, env)
    assert.equal(await lost.ended, 1)
    assert.match(lost.text(), /^Keystead stops: data\/keystead\.key is missing, and \S+ can't be read without it.*\n$/)
    assert.equal(existsSync(key), false)

    writeFileSync(key, 'damaged')
    const damaged = start(folder, env)
    assert.equal(await damaged.ended, 78)
    assert.match(damaged.text(), /data\/keystead\.key=\(hidden\) is not usable/)

    rmSync(key)
    const inEnvironment = start(folder, { ...env, KEYSTEAD_SECRET: `${randomBytes(32).toString('base64url')},${kept}` })
    await inEnvironment.ready()
    await stop(inEnvironment)
  })
})

describe('a start that can not be', () => {
  test('a bad value ends it with 78 and names it', async () => {
    const { folder } = await newPlace()
    const program = start(folder, { KEYSTEAD_PORT: 'many' })
    assert.equal(await program.ended, 78)
    assert.match(program.text(), /^Keystead stops: KEYSTEAD_PORT=many is not usable: give a port/)
    assert.equal(existsSync(join(folder, 'data')), false)
  })

  test('.env is read, and the environment wins over it', async () => {
    const { folder } = await newPlace()
    writeFileSync(join(folder, '.env'), 'KEYSTEAD_LOG=loud\nKEYSTEAD_PORT=many\n')
    const program = start(folder, { KEYSTEAD_PORT: '1234' })
    assert.equal(await program.ended, 78)
    assert.match(program.text(), /KEYSTEAD_LOG=loud/)
  })

  test('a port that is taken is named, and the password of a first start is not lost with it', async () => {
    const { folder, url, env } = await newPlace()
    const other = createServer().listen(Number(new URL(url).port), '127.0.0.1')
    await once(other, 'listening')
    const program = start(folder, env)
    assert.equal(await program.ended, 1)
    assert.match(
      program.text(),
      /Keystead stops: 127\.0\.0\.1:\d+ is taken by another program: stop that, or choose another port/,
    )
    assert.doesNotMatch(program.text(), STACK)
    other.close()
    await once(other, 'close')
    const again = start(folder, env)
    await again.ready()
    assert.equal(await signIn(url, login(program.text()), password(program.text())), 200)
    await stop(again)
  })

  test('an address of another machine is named', async () => {
    const { folder, env } = await newPlace()
    const program = start(folder, { ...env, KEYSTEAD_HOST: '203.0.113.1' })
    assert.equal(await program.ended, 1)
    assert.match(program.text(), /203\.0\.113\.1:\d+ is no address of this machine: see KEYSTEAD_HOST/)
  })

  test('a database that does not answer is said so, without its password', async () => {
    const { folder, env } = await newPlace()
    const secret = randomBytes(32).toString('base64url')
    const database = 'postgres://keystead:sesame@127.0.0.1:1/keystead'
    const program = start(folder, { ...env, KEYSTEAD_DATABASE: database, KEYSTEAD_SECRET: secret })
    assert.equal(await program.ended, 1)
    assert.match(program.text(), /^Keystead stops: the database .*ECONNREFUSED/)
    assert.doesNotMatch(program.text(), /sesame|\n\s+at /)
  })

  test('a command that there is not is told what there is', async () => {
    const { folder } = await newPlace()
    const program = start(folder, {}, 'admin', 'delete')
    assert.equal(await program.ended, 64)
    assert.equal(program.text(), 'usage: keystead [admin reset]\n')
  })

  test('admin reset before the first start says so', async () => {
    const { folder, env } = await newPlace()
    const program = start(folder, env, 'admin', 'reset')
    assert.equal(await program.ended, 1)
    assert.equal(program.text(), 'There is no administrator to reset: start Keystead once first.\n')
  })
})

test('two nodes that start together on an empty PostgreSQL make one org, and both serve it', async () => {
  const database = await newDatabase('postgres')
  const { folder, url, env } = await newPlace()
  const shared = { ...env, KEYSTEAD_DATABASE: database.address, KEYSTEAD_SECRET: randomBytes(32).toString('base64url') }
  const ports = [new URL(url).port, String(await freePort())]
  const nodes = ports.map((port) => start(folder, { ...shared, KEYSTEAD_PORT: port }))
  await Promise.all(nodes.map((node) => node.ready()))
  const texts = nodes.map((node) => node.text())
  const [shown = assert.fail(), ...others] = texts.filter((text) => text.includes('administrator'))
  assert.deepEqual(others, [])
  for (const port of ports) {
    const headers = { 'content-type': 'application/json', host: new URL(url).host }
    const answer = await post(Number(port), '/api/v1/authn', headers, {
      username: login(shown),
      password: password(shown),
    })
    assert.equal(answer, 200)
  }
  await Promise.all(nodes.map(stop))
  await database.remove()
})

/** `fetch` lets nobody choose the host. */
async function post(port: number, path: string, headers: Record<string, string>, body: unknown): Promise<number> {
  const { request } = await import('node:http')
  const sent = request({ port, host: '127.0.0.1', path, method: 'POST', headers })
  sent.end(JSON.stringify(body))
  const [answer] = await once(sent, 'response')
  answer.resume()
  return answer.statusCode
}
