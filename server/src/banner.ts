// What a start says on the terminal. The administrator's password is shown as soon as it is true, once, and is in no log.
import type { Settings } from './config.ts'

export interface NewAdministrator {
  readonly login: string
  /** Absent where it came from the environment. */
  readonly password: string | undefined
}

export function renderAdministrator({ login, password }: NewAdministrator): string {
  const lines = [
    `  administrator  ${login}`,
    `  password       ${password ?? '(from KEYSTEAD_ADMIN_PASSWORD)'}`,
    ...(password === undefined
      ? []
      : [
          '',
          '  The password is shown this once: keep it, or make a new one with',
          '  npm run keystead -- admin reset',
        ]),
  ]
  return `\n${lines.join('\n')}\n\n`
}

/** Where it listens is told where the address does not say it: behind a proxy, or when one of the two was forgotten. */
export function renderReady({ url, host, port }: Pick<Settings, 'url' | 'host' | 'port'>): string {
  const { port: named, protocol } = new URL(url)
  const isSaid = port === Number(named || (protocol === 'https:' ? 443 : 80))
  return `Keystead is ready at ${url}${isSaid ? '' : `, listening on ${host}:${port}`}\n`
}
