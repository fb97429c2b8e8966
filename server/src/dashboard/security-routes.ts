// What the person proves themselves with. A session that was left open, or stolen, changes nothing of it: whoever wants to has proved who
// they are a moment ago, with a factor where they have one, or does so now.
import { FACTOR_KEYS, type FactorKey } from '#authenticators/factor.ts'
import { failureSentence } from '#authenticators/failure-sentence.ts'
import { type DemandsFor, enroll, ownChangeOf, remove, resend, tryActivation } from '#authenticators/manage-service.ts'
import { detailOf, factorName, offersOf } from '#authenticators/offers.ts'
import type { Activation, EnrollmentDraft } from '#authenticators/proof.ts'
import { QUESTIONS } from '#authenticators/question.ts'
import { type Answer, redirect } from '#http/answer.ts'
import type { Route } from '#http/route.ts'
import { hasControlCharacters, keptText } from '#kernel/control-characters.ts'
import { notFound, Refusal } from '#kernel/refusal.ts'
import { open, seal } from '#kernel/secret.ts'
import { expiredPage } from '#sign-in/problem-page.ts'
import { readActivation } from '#sign-in/step-forms.ts'
import { browserWords } from '#system-log/user-agent.ts'
import type { Deps } from '../deps.ts'
import { pathOf, SECURITY_PATHS } from './dashboard-path.ts'
import { activationView, readSecurity, setUpWords } from './methods-service.ts'
import {
  done,
  faultOf,
  pageRoutes,
  type Said,
  type SubmittedVisit,
  showPage,
  signInAgain,
  type Visit,
} from './page-routes.ts'
import { securityPage } from './pages/security-page.ts'
import { activatePage, beginPage, PASSKEY_NAME_MAX, questionPage, removePage } from './pages/set-up-pages.ts'

const SECURITY = pathOf('security')

export function securityRoutes(deps: Deps, demandsFor: DemandsFor): readonly Route[] {
  const { show, change } = pageRoutes(deps)
  const mayChange = async ({ caller, session, user }: Visit) =>
    (await ownChangeOf(deps, caller, session, user)) === 'allowed'
  return [
    show(SECURITY, 'What the person proves themselves with', (visit) => showMethods(deps, demandsFor, visit)),
    show(SECURITY_PATHS.setUp, 'Before a factor is set up', async (visit) => {
      const key = await offered(deps, demandsFor, visit, visit.call.query)
      if (key === undefined) return redirect(SECURITY, 302)
      return (await mayChange(visit)) ? showSetUp(deps, visit, key) : signInAgain(deps, visit)
    }),
    change(SECURITY_PATHS.setUp, 'Begin to set up a factor', async (visit) => {
      const key = await offered(deps, demandsFor, visit, visit.form)
      if (key === undefined) return done(SECURITY)
      if (!(await mayChange(visit))) return done(withFactor(SECURITY_PATHS.setUp, key))
      return begin(deps, demandsFor, visit, key)
    }),
    change(
      SECURITY_PATHS.activate,
      'Make a factor the person’s',
      async (visit) => ((await mayChange(visit)) ? activate(deps, demandsFor, visit) : done(SECURITY)),
      SECURITY,
    ),
    change(
      SECURITY_PATHS.resend,
      'Mail the code of a factor again',
      async (visit) => ((await mayChange(visit)) ? sendAgain(deps, visit) : done(SECURITY)),
      SECURITY,
    ),
    show(SECURITY_PATHS.remove, 'Ask before a factor is removed', async (visit) => {
      const id = visit.call.query.get('factor') ?? ''
      const factor = (await readSecurity(deps, demandsFor, visit)).factors.find((one) => one.id === id)
      if (!factor) throw notFound(id, 'UserFactor')
      if (!(await mayChange(visit))) return signInAgain(deps, visit)
      const told = { factorId: id, method: factorName(factor), detail: detailOf(factor, 'whole') }
      return showPage(deps, visit, (shell) => removePage({ ...shell, ...told }))
    }),
    change(SECURITY_PATHS.remove, 'Remove a factor', async (visit) => {
      const id = visit.form.get('factor') ?? ''
      if (!(await mayChange(visit))) return done(withFactor(SECURITY_PATHS.remove, id))
      await remove(deps, visit.caller, 'me', id)
      return done(SECURITY, 'removed')
    }),
  ]
}

const withFactor = (path: string, factor: string): string => `${path}?${new URLSearchParams({ factor })}`

async function showMethods(deps: Deps, demandsFor: DemandsFor, visit: Visit, said: Said = {}): Promise<Answer> {
  const { factors, demands } = await readSecurity(deps, demandsFor, visit)
  const methods = factors.map((factor) => ({
    id: factor.id,
    name: factorName(factor),
    detail: detailOf(factor, 'whole'),
    since: factor.created,
  }))
  const offers = offersOf(factors, demands)
  return showPage(deps, visit, (shell) => securityPage({ ...shell, methods, offers }), said, {
    script: methods.length > 0,
  })
}

/** The factor that is named, if the person may set it up. */
async function offered(
  deps: Deps,
  demandsFor: DemandsFor,
  visit: Visit,
  sent: URLSearchParams,
): Promise<FactorKey | undefined> {
  const named = FACTOR_KEYS.find((key) => key === sent.get('factor'))
  const { factors, demands } = await readSecurity(deps, demandsFor, visit)
  return offersOf(factors, demands).find(({ key }) => key === named)?.key
}

function showSetUp(deps: Deps, visit: Visit, key: FactorKey, said: Said & { readonly chosen?: string } = {}) {
  const method = factorName({ key })
  if (key !== 'question') {
    const words = setUpWords(key, visit.user)
    const suggestedName = key === 'webauthn' ? browserWords(visit.caller.client.userAgent) : undefined
    return showPage(deps, visit, (shell) => beginPage({ ...shell, key, method, words, suggestedName }), said)
  }
  const questions = Object.entries(QUESTIONS).map(([question, text]) => ({ key: question, text }))
  const { chosen } = said
  return showPage(deps, visit, (shell) => questionPage({ ...shell, key, method, questions, chosen }), said)
}

async function begin(deps: Deps, demandsFor: DemandsFor, visit: SubmittedVisit, key: FactorKey): Promise<Answer> {
  const draft = draftOf(key, visit)
  try {
    const { factor, activation } = await enroll(deps, visit.caller, 'me', draft, demandsFor)
    if (!activation) return done(SECURITY, 'added')
    return await showActivation(deps, visit, factor.id, activation)
  } catch (error) {
    const chosen = visit.form.get('question') ?? ''
    if (isTooSoon(error)) return showSetUp(deps, visit, key, { error: TOO_SOON })
    return showSetUp(deps, visit, key, { error: faultOf(error, 'validation_failed'), chosen })
  }
}

function draftOf(key: FactorKey, { form, caller }: SubmittedVisit): EnrollmentDraft {
  if (key === 'webauthn') return { key, name: passkeyName(form.get('name')) ?? browserWords(caller.client.userAgent) }
  if (key !== 'question') return { key }
  return { key, question: form.get('question') ?? '', answer: form.get('answer') ?? '' }
}

/** What people tell their passkeys apart by, in their own words. */
function passkeyName(typed: string | null): string | undefined {
  const name = keptText((typed ?? '').trim(), PASSKEY_NAME_MAX)
  return name === '' || hasControlCharacters(name) ? undefined : name
}

/** What makes a pending factor the person's is shown once, and travels sealed with the page for whoever mistypes the code. */
async function showActivation(
  deps: Deps,
  visit: Visit,
  factorId: string,
  activation: Activation,
  said: Said = {},
): Promise<Answer> {
  const { org } = await deps.config.get(visit.caller.org)
  const shown = seal(org.dataKey, shownPlace(visit, factorId), JSON.stringify(activation), deps.random)
  const view = { factorId, shown, ...activationView(activation, visit.user) }
  const script = activation.kind === 'webauthn'
  return showPage(deps, visit, (shell) => activatePage({ ...shell, ...view }), said, { script })
}

/** Undefined for another session's, or another factor's. */
async function openActivation(deps: Deps, visit: SubmittedVisit, factorId: string): Promise<Activation | undefined> {
  const { org } = await deps.config.get(visit.caller.org)
  const text = open([org.dataKey], shownPlace(visit, factorId), visit.form.get('shown') ?? '')
  return text === undefined ? undefined : (JSON.parse(text) as Activation)
}

const shownPlace = ({ caller, session }: Visit, factorId: string) => [caller.org, 'dashboard', session.id, factorId]

async function activate(deps: Deps, demandsFor: DemandsFor, visit: SubmittedVisit): Promise<Answer> {
  const id = visit.form.get('id') ?? ''
  const activation = await openActivation(deps, visit, id)
  if (!activation) return expiredPage(deps, visit.call)
  try {
    const outcome = await tryActivation(deps, visit.caller, 'me', id, readActivation(visit.form, 'code'))
    if (outcome.kind === 'activated') return done(SECURITY, 'added')
    return await showActivation(deps, visit, id, activation, { error: failureSentence(outcome) })
  } catch (error) {
    return showMethods(deps, demandsFor, visit, { error: faultOf(error, 'validation_failed') })
  }
}

async function sendAgain(deps: Deps, visit: SubmittedVisit): Promise<Answer> {
  const id = visit.form.get('id') ?? ''
  const activation = await openActivation(deps, visit, id)
  if (!activation) return expiredPage(deps, visit.call)
  try {
    await resend(deps, visit.caller, 'me', id)
    return await showActivation(deps, visit, id, activation)
  } catch (error) {
    if (!isTooSoon(error)) throw error
    return showActivation(deps, visit, id, activation, { error: TOO_SOON })
  }
}

const TOO_SOON = failureSentence({ kind: 'too-soon' })
const isTooSoon = (error: unknown): boolean => error instanceof Refusal && error.code === 'email_too_soon'
