// The pages on which somebody asks for a way back in. They carry what was interrupted: sealed for this browser, and as the app's id.
import type { Answer } from '#http/answer.ts'
import { pageAnswer } from '#http/page-answer.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { mailModeOf } from '#mail/service.ts'
import type { Org } from '#orgs/org.ts'
import type { Continuations, PageFacts } from '#sign-in/continuation.ts'
import { ENTRANCE_PATHS } from '#sign-in/entrance-paths.ts'
import { browserOf, browserOfOwnForm, SIGN_IN_PATH } from '#sign-in/hosted-page.ts'
import { refusedBy } from '#sign-in/hosted-step.ts'
import { readIdentifier } from '#sign-in/identifier.ts'
import { csrfToken, type Interaction, openInteraction, sealInteraction, unnamed } from '#sign-in/interaction.ts'
import { requestPage, sentPage } from '#sign-in/pages/request-page.ts'
import type { InterruptedWay } from '#sign-in/password-link.ts'
import { expiredPage, refusalPage } from '#sign-in/problem-page.ts'
import { REQUEST_PATHS } from '#sign-in/request-paths.ts'
import type { Deps } from '../deps.ts'
import type { RecoveryPurpose } from './eligibility.ts'
import { requestRecovery } from './request-service.ts'

const WORDS = {
  recovery: {
    heading: 'Forgot your password?',
    lead: 'Say who you are, and we will mail you a link to choose another.',
    submit: 'Send me a link',
    sent: 'The link opens a page on which you choose another password.',
  },
  unlock: {
    heading: 'Locked out?',
    lead: 'Say who you are, and we will mail you a link to unlock your account.',
    submit: 'Send me a link',
    sent: 'The link opens a page on which you unlock your account.',
  },
} as const

export function requestRoutes(deps: Deps, continuations: Continuations): readonly Route[] {
  const page = {
    zone: 'none',
    bucket: 'sign-in',
    hidden: true,
    refuse: (error: unknown, call: Call) => refusalPage(deps, error, call) ?? refusedBy(continuations, error, call),
  } as const
  return (['recovery', 'unlock'] as const).flatMap((purpose) => {
    const paths = REQUEST_PATHS[purpose]
    return [
      route({
        ...page,
        method: 'GET',
        url: paths.ask,
        summary: 'The page to ask for a link by mail',
        handler: (call) => show(deps, call, purpose, undefined, ''),
      }),
      route({
        ...page,
        method: 'POST',
        url: paths.ask,
        form: true,
        summary: 'The same from the sign-in page, with what is interrupted',
        async handler(call) {
          const found = await interrupted(deps, continuations, call as Call<URLSearchParams>)
          if (!found) return expiredPage(deps, call)
          // The page of the password names nobody: what it carries sealed does.
          const typed = found.interaction?.named?.identifier ?? (call.body as URLSearchParams).get('identifier') ?? ''
          return show(deps, call, purpose, found.interaction, readIdentifier(typed))
        },
      }),
      route({
        ...page,
        method: 'POST',
        url: paths.send,
        form: true,
        summary: 'Ask for a link by mail',
        handler: (call) => send(deps, continuations, call as Call<URLSearchParams>, purpose),
      }),
    ]
  })
}

async function send(
  deps: Deps,
  continuations: Continuations,
  call: Call<URLSearchParams>,
  purpose: RecoveryPurpose,
): Promise<Answer> {
  const found = await interrupted(deps, continuations, call)
  if (!found) return expiredPage(deps, call)
  const identifier = readIdentifier(call.body.get('identifier') ?? '')
  const { org } = await deps.config.get(call.caller.org)
  const way = wayOf(deps, org, found)
  await requestRecovery(deps, call.caller, { purpose, identifier, way, appLabel: found.facts?.appLabel })
  const page = (nonce: string) =>
    sentPage({
      nonce,
      orgName: org.name,
      identifier,
      lead: WORDS[purpose].sent,
      isKept: mailModeOf(deps) === 'mailbox',
      ...wayBack(deps, org, found.browser, found.interaction),
    })
  return pageAnswer(deps.random, page)
}

interface Interrupted {
  readonly browser: string
  readonly interaction: Interaction | undefined
  readonly facts: PageFacts | undefined
}

/** What was suspended when somebody asked; undefined for a form that is not ours. */
async function interrupted(
  deps: Deps,
  continuations: Continuations,
  call: Call<URLSearchParams>,
): Promise<Interrupted | undefined> {
  const browser = await browserOfOwnForm(deps, call)
  if (browser === undefined) return undefined
  const { org } = await deps.config.get(call.caller.org)
  const interaction = openInteraction(org, browser, call.body.get('stateToken') ?? undefined, deps.now())
  const facts = interaction && (await continuations[interaction.kind].describe(call, interaction))
  return { browser, interaction, facts }
}

/** The request begins its life anew with the link: it waits for a mail to be read. */
function wayOf(deps: Deps, org: Org, { browser, interaction, facts }: Interrupted): InterruptedWay {
  if (!interaction) return {}
  const { appId, serverId } = facts ?? {}
  const waiting = { ...unnamed(interaction), created: deps.now(), waitsForMail: true } as const
  return {
    ...(appId === undefined ? {} : { appId }),
    ...(serverId === undefined ? {} : { serverId }),
    sealed: sealInteraction(org, browser, waiting, deps.random),
  }
}

/** What the pages carry, to lead back to the sign-in from which they were asked for. */
const wayBack = (deps: Deps, org: Org, browser: string, interaction: Interaction | undefined) => ({
  csrf: csrfToken(org, browser),
  stateToken: interaction && sealInteraction(org, browser, interaction, deps.random),
  backAction: ENTRANCE_PATHS.again,
  backHref: SIGN_IN_PATH,
})

async function show(
  deps: Deps,
  call: Call,
  purpose: RecoveryPurpose,
  interaction: Interaction | undefined,
  username: string,
): Promise<Answer> {
  const { org } = await deps.config.get(call.caller.org)
  const { token: browser, cookies } = browserOf(deps, call)
  const view = {
    ...WORDS[purpose],
    orgName: org.name,
    action: REQUEST_PATHS[purpose].send,
    ...wayBack(deps, org, browser, interaction),
    username,
  }
  return pageAnswer(deps.random, (nonce) => requestPage({ ...view, nonce }), { cookies })
}
