// What a start says on the terminal. The administrator's password is shown as soon as it is true, once, and is in no log.
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

export const renderReady = (url: string): string => `Keystead is ready at ${url}\n`
