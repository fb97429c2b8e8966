// The answers to the pages with which a sign-in begins. Nobody is looked up before the password is there, and the password is that of whom
// the form names, or of whom the sealed interaction does: never of one while another's attempts are counted.
import type { Answer } from '#http/answer.ts'
import { type Call, type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import type { Continuations, PageFacts } from './continuation.ts'
import { deviceOf } from './device-cookie.ts'
import { begin } from './engine-service.ts'
import { ENTRANCE_PATHS } from './entrance-paths.ts'
import { browserOfOwnForm, type SignInTold, showSignIn } from './hosted-page.ts'
import { refusedBy, showStep } from './hosted-step.ts'
import { isBlank, readIdentifier } from './identifier.ts'
import { type Interaction, openInteraction, unnamed } from './interaction.ts'
import { verifyCredentials } from './password.ts'
import { expiredPage, refusalPage } from './problem-page.ts'
import { newStanding } from './standing.ts'

const FAILED = 'Unable to sign in'
/** Where the policy lets people know. */
const LOCKED = 'Your account is locked after too many wrong passwords.'
const NO_NAME = 'Enter your username.'

/** A form of ours, with the request that is suspended behind it. */
interface Sent {
  readonly call: Call<URLSearchParams>
  readonly browser: string
  readonly interaction: Interaction
  readonly facts: PageFacts
}

export function entranceRoutes(deps: Deps, continuations: Continuations): readonly Route[] {
  const entrance = (url: string, summary: string, work: (sent: Sent) => Promise<Answer | undefined>): Route =>
    route({
      method: 'POST',
      url,
      summary,
      form: true,
      zone: 'none',
      bucket: 'sign-in',
      hidden: true,
      refuse: (error, call) => refusalPage(deps, error, call) ?? refusedBy(continuations, error, call),
      async handler(call) {
        const sent = await readSent(deps, continuations, call as Call<URLSearchParams>)
        return (sent && (await work(sent))) ?? expiredPage(deps, call)
      },
    })
  return [
    entrance(ENTRANCE_PATHS.signIn, 'Sign a person in and resume the suspended request', (sent) => {
      const { body } = sent.call
      const username = readIdentifier(body.get('identifier') ?? '')
      const keepMeSignedIn = readKeep(body)
      const interaction = unnamed(sent.interaction)
      const failed = { username, keepMeSignedIn, isAnew: true } as const
      return signIn(deps, continuations, { ...sent, interaction }, { identifier: username, keepMeSignedIn }, failed)
    }),
    entrance(ENTRANCE_PATHS.identify, 'Say who it is, before the password', ({ call, interaction, facts }) => {
      const identifier = readIdentifier(call.body.get('identifier') ?? '')
      const keepMeSignedIn = readKeep(call.body)
      if (!isBlank(identifier))
        return showSignIn(deps, call, { ...interaction, named: { identifier, keepMeSignedIn } }, facts)
      const told = { error: NO_NAME, status: 400, username: '', keepMeSignedIn, isAnew: true } as const
      return showSignIn(deps, call, unnamed(interaction), facts, told)
    }),
    entrance(ENTRANCE_PATHS.password, 'Sign in whom the page before has named', async (sent) => {
      const { named } = sent.interaction
      if (!named) return undefined
      const asked = readKeep(sent.call.body)
      const wish = { identifier: named.identifier, keepMeSignedIn: named.keepMeSignedIn ?? asked }
      return signIn(deps, continuations, sent, wish, { keepMeSignedIn: asked })
    }),
    entrance(ENTRANCE_PATHS.rename, 'Go back to say who it is', ({ call, interaction, facts }) => {
      const { identifier, keepMeSignedIn } = interaction.named ?? {}
      return showSignIn(deps, call, unnamed(interaction), facts, {
        isAnew: true,
        ...(identifier !== undefined && { username: identifier }),
        ...(keepMeSignedIn !== undefined && { keepMeSignedIn }),
      })
    }),
    entrance(ENTRANCE_PATHS.again, 'Go back to where the sign-in stood', ({ call, interaction, facts }) =>
      showSignIn(deps, call, interaction, facts),
    ),
  ]
}

const readKeep = (form: URLSearchParams): boolean => form.get('rememberMe') === 'true'

/** Undefined for a form that is not ours, another browser's, or too old. */
async function readSent(
  deps: Deps,
  continuations: Continuations,
  call: Call<URLSearchParams>,
): Promise<Sent | undefined> {
  const browser = await browserOfOwnForm(deps, call)
  const { org } = await deps.config.get(call.caller.org)
  const interaction = openInteraction(org, browser, call.body.get('stateToken') ?? undefined, deps.now())
  if (browser === undefined || !interaction) return undefined
  return { call, browser, interaction, facts: await continuations[interaction.kind].describe(call, interaction) }
}

interface SignInWish {
  readonly identifier: string
  readonly keepMeSignedIn: boolean
}

/** `told`: what the page says again where nobody comes in. */
async function signIn(
  deps: Deps,
  continuations: Continuations,
  { call, browser, interaction, facts }: Sent,
  { identifier, keepMeSignedIn }: SignInWish,
  told: SignInTold,
): Promise<Answer> {
  const password = call.body.get('credentials.passcode') ?? ''
  const outcome = await verifyCredentials(deps, call.caller, { identifier, password })
  const refuse = (error: string, status: 400 | 401 = 401) =>
    showSignIn(deps, call, interaction, facts, { ...told, error, status })
  if (outcome.kind === 'too-long') return refuse(outcome.fault, 400)
  if (outcome.kind === 'refused') return refuse(outcome.isLockedOut ? LOCKED : FAILED)
  const { user } = outcome
  const proof = { kind: 'password', at: deps.now(), passwordChanged: user.passwordChanged ?? null } as const
  const standing = { ...newStanding('sign-in', proof), keepMeSignedIn, wantsWarning: true }
  const place = { face: 'hosted', browser, device: deviceOf(deps, call) } as const
  const start = { user, standing, continuation: unnamed(interaction) }
  const situation = await begin(deps, call.caller, place, start)
  return (await showStep(deps, continuations, call, situation)) ?? refuse(FAILED)
}
