// PostgreSQL for one run of the tests: the one that KEYSTEAD_TEST_POSTGRES names, else a throwaway cluster.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * Answers a URL of a superuser, and how to end what was started.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startTestPostgres(env) {
  if (env.KEYSTEAD_TEST_POSTGRES) return { url: env.KEYSTEAD_TEST_POSTGRES, stop: async () => {} }

  const keeper = fork(fileURLToPath(new URL('./postgres-keeper.mjs', import.meta.url)), { detached: true })
  const gone = new Promise((resolve) => keeper.once('exit', resolve))
  const answer = await Promise.race([
    new Promise((resolve) => keeper.once('message', resolve)),
    gone.then((code) => ({ problem: `its keeper ended with ${code}` })),
  ])
  if (answer.problem !== undefined) {
    throw new Error(
      `PostgreSQL for the tests does not start: ${answer.problem}\n` +
        'To use one that you have: KEYSTEAD_TEST_POSTGRES=postgres://superuser:password@host/database npm test',
    )
  }
  const stop = async () => {
    if (keeper.connected) keeper.send('stop')
    await gone
  }
  return { url: answer.url, stop }
}
