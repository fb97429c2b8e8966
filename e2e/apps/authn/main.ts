// An app whose own pages ask for every step of a sign-in: what those pages would do with okta-auth-js, for a test to call.
import { type AuthnTransaction, type AuthnTransactionFunctions, OktaAuth } from '@okta/okta-auth-js'
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
    const { data } = tx as { readonly data?: object }
    return { ...structuredClone(data), steps: stepsOf(tx) }
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
  /** The step of that name, with what it is given. */
  move: (name: keyof AuthnTransactionFunctions, ...given: unknown[]) =>
    tell((current()[name] as (...given: unknown[]) => Promise<AuthnTransaction>)(...given)),
  enroll: (type: string, given?: object) => tell(factorOf(type).enroll(given)),
  verify: (type: string, given?: object) => tell(factorOf(type).verify(given)),
  questions: () => factorOf('question').questions(),
  /** What a page that was loaded anew knows is in the SDK's cookie alone. */
  exists: () => auth.tx.exists(),
  resume: () => tell(auth.tx.resume()),
  introspect: () => tell(auth.tx.introspect()),

  async createKey(): Promise<Seen> {
    const { activation } = current().factor ?? {}
    const credential = await navigator.credentials.create(
      OktaAuth.webauthn.buildCredentialCreationOptions(activation, []),
    )
    return tell(activate(OktaAuth.webauthn.getAttestation(credential as PublicKeyCredential)))
  },
  async useKey(rememberDevice = false): Promise<Seen> {
    const { challenge, profile } = current().factor ?? {}
    const enrolled = [{ key: 'webauthn', credentialId: profile.credentialId }] as never
    const credential = await navigator.credentials.get(
      OktaAuth.webauthn.buildCredentialRequestOptions(challenge, enrolled),
    )
    const { verify } = current()
    if (!verify) throw new Error('no step verify')
    return tell(verify({ ...OktaAuth.webauthn.getAssertion(credential as PublicKeyCredential), rememberDevice }))
  },

  async tokens(sessionToken: string): Promise<Seen> {
    const { tokens } = await auth.token.getWithoutPrompt({ sessionToken, scopes: ['openid', 'profile'] })
    return tokens.idToken?.claims
  },
  session: () => auth.session.get(),
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
