// The code of an app's Quick start, exactly as the console shows it: built or run, and it signs a person in.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import type { App } from '../console/src/api/types.ts'
import { quickStarts } from '../console/src/pages/apps/quick-start.ts'
import type { QuickStart } from '../console/src/pages/apps/quick-start-values.ts'
import { assign, createPerson, type RegisteredApp, registerApp, registerSpa, registerWebApp } from './harness/admin.ts'
import { takeFreePort } from './harness/keystead.ts'
import { seeSignInPage, signIn } from './harness/sign-in-page.ts'
import { type Sources, showApp, withWorkshop } from './harness/snippet-app.ts'
import { setStage } from './harness/stage.ts'
import { startStaticHost } from './harness/static-host.ts'

const stage = await setStage()
const person = await createPerson(stage.admin, 'Quentin', 'Quick')

/** What the console shows of an app that stands there. */
async function startsOf({ id }: RegisteredApp): Promise<readonly QuickStart[]> {
  const { url, apiToken } = stage.keystead
  const answer = await fetch(`${url}/api/v1/apps/${id}`, { headers: { authorization: `SSWS ${apiToken}` } })
  const app: App = await answer.json()
  return quickStarts(app, url)
}

function startOf(starts: readonly QuickStart[], id: string): QuickStart {
  const start = starts.find((one) => one.id === id)
  if (!start) throw new Error(`There is no quick start for ${id}.`)
  return start
}

/** The files of a quick start; what a shell runs is none. */
const filesOf = ({ steps }: QuickStart): Sources =>
  Object.fromEntries(steps.filter(({ where }) => where.includes('.')).map(({ where, code }) => [where, code]))

const packagesOf = ({ steps }: QuickStart): readonly string[] =>
  steps.filter(({ title }) => title === 'Install').flatMap(({ code }) => code.split(' ').slice(2))

const PAGE = (main: string): string => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><link rel="icon" href="data:," /><title>App</title></head>
  <body><div id="root"></div><div id="app"></div><script type="module" src="/src/${main}"></script></body>
</html>`

/** What the template of each framework brings beside the files that the quick start replaces. */
const TEMPLATES: Readonly<Record<string, Sources>> = {
  react: {
    'index.html': PAGE('main.tsx'),
    'src/main.tsx': `import { createRoot } from 'react-dom/client'
import App from './App.tsx'

createRoot(document.getElementById('root')!).render(<App />)`,
  },
  vue: {
    'index.html': PAGE('main.ts'),
    'src/env.d.ts': `declare module '*.vue' { const component: import('vue').DefineComponent; export default component }`,
  },
  javascript: { 'index.html': PAGE('main.ts') },
}

describe('a single-page app', () => {
  for (const [id, template] of Object.entries(TEMPLATES)) {
    test(`${id}: type-checked and built as shown, it signs a person in`, async () => {
      const host = await startStaticHost()
      after(() => host.close())
      const places = { origin: host.origin, callback: '/login/callback', signedOut: '' }
      const app = await registerSpa(stage.admin, `Quick start ${id}`, places)
      await assign(stage.admin, person, app.id)
      await showApp(host, { ...template, ...filesOf(startOf(await startsOf(app), id)) })

      await stage.visit(async ({ page }) => {
        await page.goto(host.origin)
        // Plain JavaScript leads there at once.
        if (id !== 'javascript') await page.getByRole('button', { name: 'Sign in' }).click()
        await seeSignInPage(page, stage.keystead)
        await signIn(page, person)
        await seeGreeting(page)
        if (id === 'javascript') return
        await page.getByRole('button', { name: 'Sign out' }).click()
        await page.waitForURL(`${host.origin}/`)
        await page.getByRole('button', { name: 'Sign in' }).waitFor()
      })
    })
  }

  // Their packages share no lockfile with the rest (Angular), or need a .NET SDK (Blazor): what they say is parsed, and no more.
  test('angular and blazor: TypeScript and JSON parse, and the values are the app’s', async () => {
    const app = await registerSpa(stage.admin, 'Quick start others', {
      origin: 'http://localhost:4200',
      callback: '/login/callback',
      signedOut: '',
    })
    const starts = await startsOf(app)
    const vite = await import('vite')
    for (const [path, code] of Object.entries(filesOf(startOf(starts, 'angular'))))
      await vite.transformWithOxc(code, path, { decorator: { legacy: true } })
    const blazor = filesOf(startOf(starts, 'blazor'))
    assert.deepEqual(JSON.parse(blazor['wwwroot/appsettings.json'] ?? ''), {
      Okta: { Authority: stage.keystead.issuer, ClientId: app.clientId },
    })
    const program = blazor['Program.cs'] ?? ''
    assert.equal(program.split('{').length, program.split('}').length)
  })

  test('what is to be installed for those that run here is what their code is tested with', async () => {
    const { default: e2e } = await import('./package.json', { with: { type: 'json' } })
    const known: Readonly<Record<string, string>> = e2e.devDependencies
    const app = await registerSpa(stage.admin, 'Quick start packages', {
      origin: 'http://localhost:8080',
      callback: '/login/callback',
      signedOut: '',
    })
    const starts = await startsOf(app)
    for (const id of Object.keys(TEMPLATES))
      for (const one of packagesOf(startOf(starts, id))) {
        const [, name = '', major = ''] = /^(@?[^@]+)@?(\d*)$/.exec(one) ?? []
        assert.ok(known[name]?.startsWith(major), one)
      }
  })
})

async function seeGreeting(page: Page): Promise<void> {
  await page.getByText(`Hello ${person.name}`).waitFor()
}

test('a web app on Node: run as shown, it signs a person in', async () => {
  const origin = `http://localhost:${await takeFreePort()}`
  const places = { origin, callback: '/authorization-code/callback', signedOut: '' }
  const app = await registerWebApp(stage.admin, 'Quick start Node', places)
  await assign(stage.admin, person, app.id)
  await withWorkshop(filesOf(startOf(await startsOf(app), 'node')), async (folder) => {
    const child = spawn(process.execPath, [join(folder, 'server.mjs')], {
      env: { ...process.env, CLIENT_SECRET: app.clientSecret },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const gone = once(child, 'exit')
    try {
      await untilListening(origin)
      await stage.visit(async ({ page, takeProblems }) => {
        await page.goto(origin)
        await seeSignInPage(page, stage.keystead)
        await signIn(page, person)
        await seeGreeting(page)
        // The server of the snippet has no icon, and the browser says so.
        takeProblems()
      })
      assert.equal((await fetch(`${origin}/authorization-code/callback?code=forged&state=forged`)).status, 400)
    } finally {
      child.kill()
      await gone
    }
  })
})

/** Asks until somebody answers; the test's own deadline ends it. */
async function untilListening(origin: string): Promise<void> {
  while (
    !(await fetch(`${origin}/nothing`).then(
      () => true,
      () => false,
    ))
  );
}

test('a service: the command gets a token, once its scope and secret are filled in', async () => {
  await stage.admin.authorizationServerApi.createOAuth2Scope({
    authServerId: 'default',
    oAuth2Scope: { name: 'invoices.read', description: 'Read the invoices' },
  })
  const app = await registerApp(stage.admin, 'Quick start service', 'client_secret_basic', {
    application_type: 'service',
    grant_types: ['client_credentials'],
    response_types: ['token'],
  })
  const [step] = startOf(await startsOf(app), 'curl').steps
  const command = (step?.code ?? '').replace('YOUR_SCOPE', 'invoices.read')
  const { stdout } = await promisify(execFile)('sh', ['-c', command], {
    env: { ...process.env, CLIENT_SECRET: app.clientSecret },
  })
  assert.equal(JSON.parse(stdout).scope, 'invoices.read')
})

test('a native app: what is printed leads to a code, and the command trades it for tokens', async () => {
  const redirectUri = 'com.example.app:/callback'
  const app = await registerApp(stage.admin, 'Quick start native', 'none', {
    application_type: 'native',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [redirectUri],
  })
  await assign(stage.admin, person, app.id)
  const [print, trade] = startOf(await startsOf(app), 'native').steps
  const script = `${print?.code}\necho $VERIFIER`
  const [address = '', VERIFIER] = (await promisify(execFile)('sh', ['-c', script])).stdout.split('\n')
  const CODE = await codeAt(address, redirectUri)
  const { stdout } = await promisify(execFile)('sh', ['-c', trade?.code ?? ''], {
    env: { ...process.env, VERIFIER, CODE },
  })
  assert.equal(JSON.parse(stdout).scope, 'openid profile email offline_access')
})

/** Opens an address of the authorize endpoint in a browser that goes nowhere else, signs in, and takes the code. */
async function codeAt(address: string, redirectUri: string): Promise<string> {
  let code = ''
  await stage.visit(async ({ page, takeProblems }) => {
    await page.goto(address)
    await seeSignInPage(page, stage.keystead)
    const answered = page.waitForResponse((response) => response.headers().location?.startsWith(redirectUri) ?? false)
    await signIn(page, person)
    code = new URL((await answered).headers().location ?? '').searchParams.get('code') ?? ''
    // No app of this machine opens its scheme.
    takeProblems()
  })
  return code
}
