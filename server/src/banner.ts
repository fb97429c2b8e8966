// What the first start says, and what a restart does: the password is shown once and is in no log.
export type Banner =
  | { readonly kind: 'known' }
  /** Without a password the administrator's came from the environment. */
  | { readonly kind: 'new'; readonly login: string; readonly password: string | undefined }

export function renderBanner(banner: Banner, url: string): string {
  if (banner.kind === 'known') return `Keystead is ready at ${url}\n`
  const lines = [
    `Keystead is ready at ${url}`,
    `  administrator  ${banner.login}`,
    `  password       ${banner.password ?? '(from KEYSTEAD_ADMIN_PASSWORD)'}`,
    ...(banner.password === undefined
      ? []
      : [
          '',
          '  The password is shown this once: keep it, or make a new one with',
          '  npm run keystead -- admin reset',
        ]),
  ]
  return `\n${lines.join('\n')}\n\n`
}
