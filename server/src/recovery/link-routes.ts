// The page behind a link, and the first answer to it. From there on it is a sign-in that is under way: see `sign-in/hosted-step-routes.ts`.
// Forms lead to an address without the token, which would stand in the System Log.
import type { Answer } from '#http/answer.ts'
import { pageAnswer } from '#http/page-answer.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { passwordRequirements } from '#policies/password-rules.ts'
import type { Continuations } from '#sign-in/continuation.ts'
import { deviceOf } from '#sign-in/device-cookie.ts'
import type { Place } from '#sign-in/engine-service.ts'
import { browserOf, browserOfOwnForm, SIGN_IN_PATH } from '#sign-in/hosted-page.ts'
import { refusedBy, showStep } from '#sign-in/hosted-step.ts'
import { csrfToken, type Interaction, openInteraction } from '#sign-in/interaction.ts'
import { LINK_PATHS } from '#sign-in/link-path.ts'
import { linkQuestionPage, linkUnlockPage } from '#sign-in/pages/link-pages.ts'
import { newPasswordPage } from '#sign-in/pages/new-password-page.ts'
import { expiredPage, refusalPage } from '#sign-in/problem-page.ts'
import { beginByLink } from '#sign-in/recovery-steps-service.ts'
import { readNewPassword } from '#sign-in/step-forms.ts'
import { CHOOSING } from '#sign-in/step-views.ts'
import { repeatedFault } from '#users/new-password-service.ts'
import type { Deps } from '../deps.ts'
import { chooseAtOnce } from './choose-service.ts'
import { deadLinkPage } from './pages/dead-link-page.ts'
import { returning, welcomeWay } from './return-continuation.ts'
import { type LiveLink, readLink } from './service.ts'

const FOLLOW_PATH = LINK_PATHS.recovery

export function linkRoutes(deps: Deps, continuations: Continuations): readonly Route[] {
  const page = {
    zone: 'none',
    bucket: 'sign-in',
    hidden: true,
    refuse: (error: unknown, call: Call) => refusalPage(deps, error, call) ?? refusedBy(continuations, error, call),
  } as const
  return [
    ...Object.values(LINK_PATHS).map((path) =>
      route({
        ...page,
        method: 'GET',
        url: `${path}/:token`,
        summary: 'The page behind a link of a mail',
        async handler(call) {
          const token = call.params.token ?? ''
          const live = await readLink(deps, call.caller, token, call.arrived)
          return live ? showLink(deps, continuations, call, live, token) : showDead(deps, call)
        },
      }),
    ),
    route({
      ...page,
      method: 'POST',
      url: FOLLOW_PATH,
      form: true,
      summary: 'Answer the page behind a link',
      handler: (call) => follow(deps, continuations, call as Call<URLSearchParams>),
    }),
  ]
}

async function follow(deps: Deps, continuations: Continuations, call: Call<URLSearchParams>): Promise<Answer> {
  const browser = await browserOfOwnForm(deps, call)
  if (browser === undefined) return expiredPage(deps, call)
  const live = await readLink(deps, call.caller, call.body.get('token') ?? '', call.arrived)
  if (!live) return showDead(deps, call)
  const fault =
    live.step.kind === 'choose-password'
      ? await repeatedFault(live.demands.password, readNewPassword(call.body), live.user)
      : undefined
  // Before anything is kept: a refused password changes nothing.
  if (fault !== undefined) return showLink(deps, continuations, call, live, call.body.get('token') ?? '', fault)
  const place: Place = { face: 'hosted', browser, device: deviceOf(deps, call) }
  const continuation = await continuationOf(deps, continuations, call, live, browser)
  const begun = await beginByLink(deps, call.caller, place, live.link, continuation)
  const { situation, error } = await chooseAtOnce(deps, call.caller, begun, call.body)
  return (
    (await showStep(deps, continuations, call, situation, error === undefined ? {} : { error })) ?? showDead(deps, call)
  )
}

/** On with what was interrupted, in the browser in which it was and while it may still be; else anew. */
async function continuationOf(
  deps: Deps,
  continuations: Continuations,
  call: Call,
  { link }: LiveLink,
  browser: string,
): Promise<Interaction> {
  const { org } = await deps.config.get(call.caller.org)
  const now = deps.now()
  const way = link.kind === 'activation' ? await welcomeWay(deps, call.caller, link.userId) : (link.way ?? {})
  const suspended = openInteraction(org, browser, way.sealed, now)
  const anew = returning(way, now)
  if (!suspended) return anew
  try {
    await continuations[suspended.kind].describe(call, suspended)
    return suspended
  } catch (error) {
    // The app has changed meanwhile: what was suspended would be refused now.
    if (continuations[suspended.kind].refuse?.(error, call)) return anew
    throw error
  }
}

async function showLink(
  deps: Deps,
  continuations: Continuations,
  call: Call,
  live: LiveLink,
  token: string,
  error?: string,
): Promise<Answer> {
  const { link, user, demands, step } = live
  const { org } = await deps.config.get(call.caller.org)
  const { token: browser, cookies } = browserOf(deps, call)
  const view = { orgName: org.name, action: FOLLOW_PATH, csrf: csrfToken(org, browser), token, login: user.login }
  const page = (nonce: string): string => {
    if (step.kind === 'answer-question')
      return linkQuestionPage({ ...view, nonce, question: user.recoveryQuestion ?? '' })
    if (step.kind === 'unlocked') return linkUnlockPage({ ...view, nonce })
    const words = CHOOSING[link.kind === 'activation' ? 'activation' : 'recovery']
    return newPasswordPage({ ...view, ...words, nonce, rules: passwordRequirements(demands.password), error })
  }
  // Where the answer to the form may lead: browsers hold the page's policy against redirects, too.
  const continuation = await continuationOf(deps, continuations, call, live, browser)
  const { formActionOrigins } = await continuations[continuation.kind].describe(call, continuation)
  return pageAnswer(deps.random, page, { status: error === undefined ? 200 : 400, formActionOrigins, cookies })
}

async function showDead(deps: Deps, call: Call): Promise<Answer> {
  const { org } = await deps.config.get(call.caller.org)
  const page = (nonce: string) => deadLinkPage({ nonce, orgName: org.name, signInHref: SIGN_IN_PATH })
  return pageAnswer(deps.random, page, { status: 404 })
}
