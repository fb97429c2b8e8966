// npm test: prepares PostgreSQL and Chromium, then runs the tests from source with Node's own runner.
//
//   npm test                              everything
//   npm test -- server/src/kernel         a part: files or folders
//   npm test -- --test-name-pattern=PKCE  options go to Node's runner
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { prepareChromium } from './chromium.mjs'
import { nodeBinary } from './node-binary.mjs'
import { COMPILE_CACHE, ROOT } from './project.mjs'
import { decideNeeds, findTestFiles } from './test-files.mjs'
import { startTestPostgres } from './test-postgres.mjs'

/** End-to-end tests run a server and a browser each, so more files at a time than cores would only wait for each other. */
const CONCURRENCY = Math.min(availableParallelism(), 4)

function runTests(node, options, files) {
  const args = [
    '--test',
    `--test-concurrency=${CONCURRENCY}`,
    '--test-reporter=spec',
    // A hanging test is a failure with a name, not a run that never ends.
    '--test-timeout=180000',
    ...options,
    ...files,
  ]
  const child = spawn(node.path, args, { cwd: ROOT, env: node.env, stdio: ['ignore', 'inherit', 'inherit'] })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

async function main(args) {
  const options = args.filter((arg) => arg.startsWith('-'))
  const paths = args.filter((arg) => !arg.startsWith('-'))
  const files = findTestFiles(ROOT, paths, process.env.INIT_CWD ?? process.cwd())
  if (files.length === 0) throw new Error(`No test files in ${paths.join(', ') || ROOT}.`)

  const node = nodeBinary({ NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env })
  const { env } = node
  const { needsPostgres, needsBrowser } = decideNeeds(ROOT, files)
  if (env.KEYSTEAD_RECORD_EXCHANGES) mkdirSync(dirname(env.KEYSTEAD_RECORD_EXCHANGES), { recursive: true })
  if (needsBrowser) env.KEYSTEAD_CHROMIUM = await prepareChromium()
  if (!needsPostgres) return runTests(node, options, files)

  const postgres = await startTestPostgres(env)
  env.KEYSTEAD_TEST_POSTGRES = postgres.url
  try {
    return await runTests(node, options, files)
  } finally {
    await postgres.stop()
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
