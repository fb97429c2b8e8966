// The page of each step: what the engine knows, in the words of the pages. Pure but for the picture of a QR code.
import type { Factor } from '#authenticators/factor.ts'
import { maskedAddress } from '#authenticators/masked-address.ts'
import { byStrength, detailOf, factorName, offersOf } from '#authenticators/offers.ts'
import type { Activation, Challenge } from '#authenticators/proof.ts'
import { qrDataUrl } from '#authenticators/qr-code.ts'
import { QUESTIONS } from '#authenticators/question.ts'
import { inFours } from '#authenticators/totp.ts'
import { html } from '#http/html.ts'
import { passwordRequirements } from '#policies/password-rules.ts'
import type { Demands } from './demands-service.ts'
import type { Open } from './engine-service.ts'
import { chooseFactorPage } from './pages/choose-factor-page.ts'
import { codePage } from './pages/code-page.ts'
import { enrollFactorPage } from './pages/enroll-factor-page.ts'
import { newPasswordPage } from './pages/new-password-page.ts'
import { questionPage } from './pages/question-page.ts'
import { securityKeyPage } from './pages/security-key-page.ts'
import { STEP_PATHS } from './step-paths.ts'

/** What every page of a step is told. */
export interface StepTold {
  readonly nonce: string
  readonly orgName: string
  readonly stateToken: string
  readonly csrf: string
  readonly error: string | undefined
  /** What was asked, and what makes a pending factor theirs; the step's own. */
  readonly challenge?: Challenge
  readonly activation?: Activation
  /** The factor whose form is wanted before it is begun. */
  readonly wanted?: string | undefined
  /** The question that was chosen in it, where the answer is refused. */
  readonly chosen?: string | undefined
}

export const CHOOSING = {
  recovery: {
    heading: 'Reset your password',
    lead: 'Choose a new password. Wherever you are signed in, you will be signed out.',
  },
  activation: { heading: 'Welcome', lead: 'Choose a password for your account.' },
} as const

/** @throws {Error} for a step that no page waits at */
export function stepView(situation: Open, told: StepTold): string {
  const { step, user, demands, kept } = situation
  const view = { ...told, login: user.login, cancelAction: STEP_PATHS.cancel }
  switch (step.kind) {
    case 'change-password':
      return newPasswordPage({
        ...view,
        heading: 'Change your password',
        lead: passwordLead(step.why === 'expired' ? undefined : step.days),
        action: STEP_PATHS.changePassword,
        skipAction: step.why === 'ends-soon' ? STEP_PATHS.skip : undefined,
        leaveAction: STEP_PATHS.cancel,
        rules: passwordRequirements(demands.password),
      })
    case 'choose-password':
      return newPasswordPage({
        ...view,
        ...CHOOSING[kept.standing.purpose === 'activation' ? 'activation' : 'recovery'],
        action: STEP_PATHS.choosePassword,
        rules: passwordRequirements(demands.password),
      })
    case 'answer-question':
      return codePage({
        ...view,
        heading: 'Answer your security question',
        lead: 'Upper and lower case are the same.',
        action: STEP_PATHS.answer,
        asks: 'answer',
        label: user.recoveryQuestion ?? 'Answer',
      })
    case 'verify-factor': {
      const [only, ...others] = step.factors
      const factor = demands.factors.find(({ id }) => id === only?.id)
      if (factor && others.length === 0 && isReady(factor)) return provePage(view, demands, factor, undefined)
      const factors = demands.factors
        .toSorted(byStrength)
        .map((one) => ({ id: one.id, name: factorName(one), detail: detailOf(one, 'masked') }))
      return chooseFactorPage({ ...view, action: STEP_PATHS.challenge, factors })
    }
    case 'answer-challenge': {
      const { factorId, factor: kind } = step.current
      const factor = demands.factors.find(({ id, kind: its }) =>
        factorId === undefined ? its === kind : id === factorId,
      )
      if (!factor) throw new Error('a challenge without its factor')
      return provePage({ ...view, backAction: STEP_PATHS.back }, demands, factor, told.challenge)
    }
    case 'enroll-factor': {
      if (told.wanted === 'question') {
        const questions = Object.entries(QUESTIONS).map(([key, text]) => ({ key, text }))
        return questionPage({ ...view, action: STEP_PATHS.enroll, questions, backAction: STEP_PATHS.back })
      }
      return enrollFactorPage({
        ...view,
        action: STEP_PATHS.enroll,
        offers: offersOf(demands.factors, demands.enrollment.factors).filter(({ another }) => !another),
        skipAction: step.maySkip ? STEP_PATHS.skip : undefined,
      })
    }
    case 'activate-factor':
      return activatePage({ ...view, backAction: STEP_PATHS.back }, told.activation)
    default:
      throw new Error(`no page waits at ${step.kind}`)
  }
}

type View = StepTold & { readonly login: string; readonly cancelAction: string; readonly backAction?: string }

/** Codes of an app and answers need not be asked for. */
const isReady = ({ kind }: Factor): boolean => kind === 'totp' || kind === 'question'

function provePage(view: View, demands: Demands, factor: Factor, challenge: Challenge | undefined): string {
  const remember = rememberOf(demands)
  const shared = { ...view, ...remember, action: STEP_PATHS.verify }
  switch (factor.kind) {
    case 'webauthn':
      return securityKeyPage({
        ...shared,
        heading: 'Verify with your passkey',
        lead: 'Your browser asks for it next.',
        ceremony: 'get',
        options: challenge?.kind === 'assertion' ? challenge.options : {},
      })
    case 'question':
      return codePage({
        ...shared,
        factor: factor.id,
        heading: 'Answer your security question',
        lead: 'Upper and lower case are the same.',
        asks: 'answer',
        label: factor.profile.questionText,
      })
    case 'email':
      return codePage({
        ...shared,
        factor: factor.id,
        heading: 'Enter the code from the e-mail',
        lead: `We have sent a code to ${maskedAddress(factor.profile.email, '…')}.`,
        asks: 'code',
        label: 'Code',
        resendAction: STEP_PATHS.resend,
      })
    case 'totp':
      return codePage({
        ...shared,
        factor: factor.id,
        heading: 'Enter the code of your app',
        lead: 'Open your authenticator app and type the six digits that it shows.',
        asks: 'code',
        label: 'Code',
      })
  }
}

function activatePage(view: View, activation: Activation | undefined): string {
  const shared = { ...view, action: STEP_PATHS.activate }
  if (activation?.kind === 'webauthn')
    return securityKeyPage({
      ...shared,
      heading: 'Create a passkey',
      lead: 'Your browser asks how you want to keep it.',
      ceremony: 'create',
      options: activation.options,
    })
  if (activation?.kind === 'email')
    return codePage({
      ...shared,
      heading: 'Enter the code from the e-mail',
      lead: 'We have sent a code to your address.',
      asks: 'code',
      label: 'Code',
      resendAction: STEP_PATHS.resend,
    })
  const { uri = '', sharedSecret = '' } = activation?.kind === 'totp' ? activation : {}
  return codePage({
    ...shared,
    heading: 'Set up your authenticator app',
    lead: 'Scan this picture with the app, then type the six digits that it shows.',
    asks: 'code',
    label: 'Code',
    above: html`<img class="qr" src="${qrDataUrl(uri)}" alt="QR code for your authenticator app" width="200" height="200">
<p class="hint">Can't scan it? Type this key into the app: <span class="secret" data-se="shared-secret">${inFours(sharedSecret)}</span></p>
`,
  })
}

function rememberOf({ remembering, signOn }: Demands): { rememberLabel?: string; rememberByDefault?: boolean } {
  if (remembering.kind === 'never') return {}
  const rememberByDefault = signOn.access === 'ALLOW' && signOn.factor?.rememberDeviceByDefault === true
  const rememberLabel =
    remembering.kind === 'device'
      ? 'Do not ask again on this device'
      : `Do not ask again for ${lasts(remembering.minutes)}`
  return { rememberLabel, rememberByDefault }
}

function lasts(minutes: number): string {
  if (minutes % (24 * 60) === 0) return counted(minutes / (24 * 60), 'day')
  return minutes % 60 === 0 ? counted(minutes / 60, 'hour') : counted(minutes, 'minute')
}

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`

const passwordLead = (days: number | undefined): string =>
  days === undefined
    ? 'Your password has expired. Choose a new one to go on.'
    : `Your password expires in ${counted(days, 'day')}. Choose a new one now, or later.`
