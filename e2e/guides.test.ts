// The guides keep their word: their commands run, their code is built and signs a person in, their labels are the console's own.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { App } from '../console/src/api/types.ts'
import { quickStarts } from '../console/src/pages/apps/quick-start.ts'
import { ROOT } from '../scripts/project.mjs'
import { seeNoBarriers, signInToConsole } from './console/console.ts'
import { assign, createPerson, registerSpa } from './harness/admin.ts'
import {
  type Block,
  isShown,
  namesOf,
  PURPOSES,
  readBlocks,
  runScript,
  runShell,
  type Variables,
} from './harness/guide-blocks.ts'
import { seeSignInPage, signIn } from './harness/sign-in-page.ts'
import { showApp } from './harness/snippet-app.ts'
import { setStage } from './harness/stage.ts'
import { startStaticHost } from './harness/static-host.ts'

const FOLDER = join(ROOT, 'docs', 'guides')
const PLACES = { origin: 'http://localhost:8080', callback: '/login/callback', signedOut: '' }
/** What can't be run here, by its guide, with the reason. */
const UNPROVED: Readonly<Record<string, string>> = {
  'trusted-origins': 'What a refusal looks like; the tests of refused requests hold it.',
  'from-okta': "Terraform's provider is a download of its own and wants TLS; its block is held against a pattern.",
}

const guides = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.md'))
  .map((file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8')
    return { name: file.replace(/\.md$/, ''), text, blocks: readBlocks(text) }
  })

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')

const stage = await setStage()
const person = await createPerson(stage.admin, 'Gilda', 'Guided')

/** What a reader has at hand: a server, a token, an app with refresh tokens, and a person who may use it. */
async function handOut(label: string): Promise<Variables> {
  const { id, clientId } = await registerSpa(stage.admin, label, PLACES)
  await assign(stage.admin, person, id)
  return {
    KEYSTEAD: stage.keystead.url,
    TOKEN: stage.keystead.apiToken,
    CLIENT_ID: clientId,
    LOGIN: person.login,
    PASSWORD: person.password,
    ADMIN_PASSWORD: stage.keystead.admin.password,
    USER_ID: (await createPerson(stage.admin, label.replaceAll('-', ''), 'Forgetful')).id,
  }
}

/** The variables that a guide's reader is asked for, and no others. */
async function variablesOf(name: string, blocks: readonly Block[]): Promise<Variables> {
  const all = await handOut(name)
  const asked = blocks.filter(({ purpose }) => purpose === 'env').flatMap(namesOf)
  assert.deepEqual(
    asked.filter((one) => all[one] === undefined),
    [],
  )
  return Object.fromEntries(asked.map((one) => [one, all[one] ?? '']))
}

describe('commands and scripts of the guides and of the README', () => {
  for (const { name, blocks } of [...guides, { name: 'README', blocks: readBlocks(readme) }]) {
    test(`${name}: each runs, and answers what is shown`, async () => {
      const variables = await variablesOf(name, blocks)
      const commands = blocks.filter(({ language, purpose }) => language === 'sh' && purpose === 'run')
      const outputs = await runShell(commands, variables)
      for (const [place, block] of blocks.entries()) {
        if (block.purpose !== 'run') continue
        const output =
          block.language === 'sh' ? (outputs[commands.indexOf(block)] ?? '') : await runScript(block, variables)
        const shown = blocks[place + 1]
        if (shown?.purpose !== 'shows') assert.doesNotMatch(output, /"error(?:Code)?":/, block.code)
        else assert.ok(isShown(shown, output), `shown:\n${shown.code}\nwritten:\n${output}\nby:\n${block.code}`)
      }
    })
  }
})

test('the app of “Create an app” is built as it stands there, signs a person in, and signs out', async () => {
  const { blocks } = guides.find(({ name }) => name === 'create-an-app') ?? { blocks: [] }
  const host = await startStaticHost()
  after(() => host.close())
  const { id, clientId } = await registerSpa(stage.admin, 'Guide app', { ...PLACES, origin: host.origin })
  await assign(stage.admin, person, id)
  const files = blocks.filter(({ purpose }) => purpose === 'file')
  const values = (code: string) =>
    code
      .replaceAll('http://localhost:8765', stage.keystead.url)
      .replaceAll('http://localhost:8080', host.origin)
      .replaceAll('YOUR_CLIENT_ID', clientId)
  const sources = Object.fromEntries(files.map(({ path, code }) => [path, values(code)]))
  await showApp(host, sources)

  const app = await stage.admin.applicationApi.getApplication({ appId: id })
  const react = quickStarts(app as unknown as App, stage.keystead.url).find((start) => start.id === 'react')
  const [path, code] = ['src/App.tsx', react?.steps.find(({ where }) => where === 'src/App.tsx')?.code]
  assert.equal(sources[path]?.trim(), code, 'the guide and the console show the same')

  const started = blocks.find(({ purpose }) => purpose === 'start')?.code ?? ''
  assert.ok(started.includes(`--port ${new URL(PLACES.origin).port} --strictPort`))
  const installed = blocks.find(({ purpose }) => purpose === 'install')?.code ?? ''
  const imported = files.flatMap(({ code }) => [...code.matchAll(/from '(@?[\w-]+(?:\/[\w-]+)?)/g)].map(([, it]) => it))
  for (const one of imported.filter((it) => it?.startsWith('.') === false))
    assert.ok(installed.includes((one ?? '').replace(/^([^@][^/]*)\/.*/, '$1')), `${one} is not installed`)

  await stage.visit(async ({ page, takeProblems }) => {
    await page.goto(host.origin)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await seeSignInPage(page, stage.keystead)
    await signIn(page, person)
    await page.getByText(`Hello ${person.name}`).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    // The page names no icon, and the browser says so.
    takeProblems()
  })
})

test('the page of “Initiate login URI” is the one with which a tile leads into an app', () => {
  const { blocks } = guides.find(({ name }) => name === 'initiate-login') ?? { blocks: [] }
  const shown = blocks.find(({ path }) => path === 'src/Login.tsx')?.code
  const run = readFileSync(join(ROOT, 'e2e', 'apps', 'okta-react', 'Login.tsx'), 'utf8')
  assert.equal(run.replace(/^\/\*\*.*\*\/\n/m, ''), shown)
})

describe('what the guides say', () => {
  test('every block of code says what it is for, and what is not run has its reason here', () => {
    for (const { name, blocks } of guides)
      for (const { purpose, code } of blocks) {
        assert.ok((PURPOSES as readonly string[]).includes(purpose), `${name}:\n${code}`)
        assert.ok(purpose !== 'unproved' || UNPROVED[name], `${name}:\n${code}`)
      }
    const hcl = guides.flatMap(({ blocks }) => blocks).filter(({ language }) => language === 'hcl')
    for (const { code } of hcl) assert.match(code, /^provider "okta" \{\n(?: {2}\w+ += (?:"[^"]+"|var\.\w+)\n)+\}\n$/)
  })

  test('what is in bold is a label of the console', () => {
    const source = join(ROOT, 'console', 'src')
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
    const console = files.map((file) => readFileSync(join(source, file), 'utf8')).join('\n')
    for (const { name, text } of guides)
      for (const [, label = ''] of text.matchAll(/\*\*([^*\n]+)\*\*/g))
        assert.ok(console.includes(label), `${name}: the console says “${label}” nowhere`)
  })

  test('what they link to and picture is there', () => {
    for (const { name, text } of guides)
      for (const [, target = ''] of text.matchAll(/\]\(([^)]+)\)/g))
        assert.ok(existsSync(join(FOLDER, target)), `${name}: ${target}`)
  })
})

test('the console shows every guide with its pictures, and leads from one to the next without a load', () =>
  stage.visit(async ({ page }) => {
    await signInToConsole(page, stage.keystead)
    for (const { text } of guides) {
      const [, title = ''] = /^# (.+)\n/.exec(text) ?? []
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Guides' }).click()
      await page.getByRole('main').getByRole('link', { name: title, exact: true }).click()
      await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
      await seeNoBarriers(page)
      const pictures = await page.getByRole('main').getByRole('img').all()
      assert.equal(pictures.length, [...text.matchAll(/!\[/g)].length)
      for (const picture of pictures) {
        await picture.scrollIntoViewIfNeeded()
        await picture.evaluate((image) => (image as HTMLImageElement).decode())
      }
    }
    await page.goto(`${stage.keystead.url}/admin/guides/create-an-app`)
    await page.evaluate(() => Object.assign(window, { isStill: true }))
    await page.getByRole('main').getByRole('link', { name: 'Refresh tokens' }).click()
    await page.getByRole('heading', { level: 1, name: 'Refresh tokens' }).waitFor()
    assert.equal(await page.evaluate(() => 'isStill' in window), true)
    await page.emulateMedia({ colorScheme: 'dark' })
    await seeNoBarriers(page)
    await page.setViewportSize({ width: 320, height: 700 })
    const tooWide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth
    assert.equal(await page.evaluate(tooWide), false)
  }))
