// The page behind a link to choose a password. Its form leads to an address without the token, which would stand in the System Log.
import { type Answer, redirect } from '#http/answer.ts'
import { pageAnswer } from '#http/page-answer.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { passwordRequirements } from '#policies/password-rules.ts'
import { browserOf, isOwnForm, SIGN_IN_PATH } from '#sign-in/hosted-page.ts'
import { BROWSER_COOKIE, csrfToken, isCsrfToken } from '#sign-in/interaction.ts'
import { LINK_PATHS, type LinkKind } from '#sign-in/link-path.ts'
import { newPasswordPage } from '#sign-in/pages/new-password-page.ts'
import { expiredPage, refusalPage } from '#sign-in/problem-page.ts'
import type { Deps } from '../deps.ts'
import { deadLinkPage } from './pages/dead-link-page.ts'
import { choosePassword, type LiveLink, readLink } from './service.ts'

const WORDS: Readonly<Record<LinkKind, { readonly heading: string; readonly lead: string }>> = {
  recovery: {
    heading: 'Reset your password',
    lead: 'Choose a new password. Wherever you are signed in, you will be signed out.',
  },
  activation: { heading: 'Welcome', lead: 'Choose a password for your account.' },
}

export function recoveryRoutes(deps: Deps): readonly Route[] {
  const page = {
    zone: 'none',
    bucket: 'sign-in',
    hidden: true,
    refuse: (error: unknown, call: Call) => refusalPage(deps, error, call),
  } as const
  return [
    ...Object.values(LINK_PATHS).map((path) =>
      route({
        ...page,
        method: 'GET',
        url: `${path}/:token`,
        summary: 'The page to choose a password by a link',
        async handler(call) {
          const token = call.params.token ?? ''
          const link = await readLink(deps, call.caller, token)
          return link ? showForm(deps, call, token, link) : showDead(deps, call)
        },
      }),
    ),
    route({
      ...page,
      method: 'POST',
      url: LINK_PATHS.recovery,
      form: true,
      summary: 'Set a password by a link',
      handler: (call) => setPassword(deps, call as Call<URLSearchParams>),
    }),
  ]
}

async function setPassword(deps: Deps, call: Call<URLSearchParams>): Promise<Answer> {
  const { org } = await deps.config.get(call.caller.org)
  const form = call.body
  const browser = call.cookies.get(BROWSER_COOKIE)
  if (!isOwnForm(call) || !isCsrfToken(org, browser, form.get('csrf') ?? undefined)) return expiredPage(deps, call)
  const token = form.get('token') ?? ''
  const choice = await choosePassword(deps, call.caller, token, {
    password: form.get('credentials.passcode') ?? '',
    repeated: form.get('confirmPassword') ?? '',
  })
  if (choice.kind === 'dead') return showDead(deps, call)
  if (choice.kind === 'refused') return showForm(deps, call, token, choice.link, choice.fault)
  return redirect(`${SIGN_IN_PATH}?done=password`, 303)
}

async function showForm(deps: Deps, call: Call, token: string, link: LiveLink, error?: string): Promise<Answer> {
  const { org } = await deps.config.get(call.caller.org)
  const { token: browser, cookies } = browserOf(deps, call)
  const view = {
    ...WORDS[link.kind],
    orgName: org.name,
    action: LINK_PATHS.recovery,
    csrf: csrfToken(org, browser),
    token,
    login: link.user.login,
    rules: passwordRequirements(link.policy),
    error,
  }
  const status = error === undefined ? 200 : 400
  return pageAnswer(deps.random, (nonce) => newPasswordPage({ ...view, nonce }), { status, cookies })
}

async function showDead(deps: Deps, call: Call): Promise<Answer> {
  const { org } = await deps.config.get(call.caller.org)
  const page = (nonce: string) => deadLinkPage({ nonce, orgName: org.name, signInHref: SIGN_IN_PATH })
  return pageAnswer(deps.random, page, { status: 404 })
}
