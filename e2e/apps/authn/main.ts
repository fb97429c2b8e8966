// An app whose own pages ask for every step of a sign-in: what those pages would do with okta-auth-js, for a test to call.
import {
  type AuthnTransaction,
  type AuthnTransactionFunctions,
  type ForgotPasswordOptions,
  OktaAuth,
  type SigninOptions,
} from '@okta/okta-auth-js'
import { readConfig } from '../config.ts'

const { issuer, clientId } = await readConfig()
const auth = new OktaAuth({ issuer, clientId, redirectUri: `${window.location.origin}/login/callback` })
let tx: AuthnTransaction | undefined

/** A transaction as it came, or how it was refused. */
// biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads
type Seen = any

async function tell(work: Promise<AuthnTransaction>): Promise<Seen> {
  try {
    tx = await work
    const { headers: _, ...data } = structuredClone((tx as { readonly data?: { headers?: object } }).data ?? {})
    return { ...data, steps: stepsOf(tx) }
  } catch (error) {
    const { errorCode, errorSummary, errorCauses, message } = error as Record<string, unknown>
    return errorCode === undefined ? { message } : { errorCode, errorSummary, errorCauses }
  }
}

/** The functions that the SDK has made of the links. */
const stepsOf = (shown: AuthnTransaction): readonly string[] =>
  Object.entries(shown).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []))

function current(): AuthnTransaction {
  if (!tx) throw new Error('nobody is signing in')
  return tx
}

const factorOf = (type: string) => {
  const found = current().factors?.find(({ factorType }) => factorType === type)
  if (!found) throw new Error(`no factor ${type}`)
  return found
}

export const driver = {
  signIn: (given: { username: string; password: string; options?: object }) => tell(auth.signInWithCredentials(given)),
  /** Somebody new, with the token of the mail that welcomes them. */
  welcome: (token: string, options?: object) => tell(auth.signIn({ token, options } as SigninOptions)),
  forgotPassword: (given: ForgotPasswordOptions) => tell(auth.forgotPassword(given)),
  unlockAccount: (given: ForgotPasswordOptions) => tell(auth.unlockAccount(given)),
  recover: (recoveryToken: string) => tell(auth.verifyRecoveryToken({ recoveryToken })),
  /** The step of that name, with what it is given. */
  move: (name: keyof AuthnTransactionFunctions, ...given: unknown[]) =>
    tell((current()[name] as (...given: unknown[]) => Promise<AuthnTransaction>)(...given)),
  enroll: (type: string, given?: object) => tell(factorOf(type).enroll(given)),
  verify: (type: string, given?: object) => tell(factorOf(type).verify(given)),
  questions: () => factorOf('question').questions(),
  /** What a page that was loaded anew knows is in the SDK's cookie alone. */
  exists: () => auth.tx.exists(),
  resume: () => tell(auth.tx.resume()),
  introspect: (stateToken?: string) => tell(auth.tx.introspect(stateToken === undefined ? undefined : { stateToken })),

  async createKey(): Promise<Seen> {
    const { activation } = current().factor ?? {}
    const credential = await navigator.credentials.create(
      OktaAuth.webauthn.buildCredentialCreationOptions(activation, []),
    )
    return tell(activate(OktaAuth.webauthn.getAttestation(credential as PublicKeyCredential)))
  },
  async useKey(rememberDevice = false): Promise<Seen> {
    const { challenge, profile } = current().factor ?? {}
    return prove(challenge, [profile], rememberDevice)
  },
  /** Whichever of several keys is at hand. */
  askForAnyKey: () => tell((current() as AnyKey).factorTypes[0]?.verify() ?? Promise.reject(new Error('no types'))),
  async useAnyKey(rememberDevice = false): Promise<Seen> {
    const { challenge, factors = [] } = current() as AnyKey
    const profiles = factors.map(({ profile }) => profile)
    return prove(challenge, profiles, rememberDevice)
  },

  async tokens(sessionToken: string): Promise<Seen> {
    const { tokens } = await auth.token.getWithoutPrompt({ sessionToken, scopes: ['openid', 'profile'] })
    return tokens.idToken?.claims
  },
  session: () => auth.session.get(),
}

/** What the SDK makes of a transaction in which people may use any of their keys: its types don't tell. */
interface AnyKey extends AuthnTransaction {
  readonly factorTypes: readonly { readonly factorType: string; verify(): Promise<AuthnTransaction> }[]
  readonly challenge: Challenge
}
type Challenge = Parameters<typeof OktaAuth.webauthn.buildCredentialRequestOptions>[0]

async function prove(challenge: Challenge, keys: readonly { credentialId: string }[], rememberDevice: boolean) {
  const enrolled = keys.map(({ credentialId }) => ({ key: 'webauthn', credentialId })) as never
  const credential = await navigator.credentials.get(
    OktaAuth.webauthn.buildCredentialRequestOptions(challenge, enrolled),
  )
  const { verify } = current()
  if (!verify) throw new Error('no step verify')
  return tell(verify({ ...OktaAuth.webauthn.getAssertion(credential as PublicKeyCredential), rememberDevice }))
}

function activate(given: object): Promise<AuthnTransaction> {
  const { activate } = current()
  if (!activate) throw new Error('no step activate')
  return activate(given)
}

declare global {
  interface Window {
    driver: typeof driver
  }
}
window.driver = driver
