// What is made of right tokens, answers and forms so that they are right no more.
import type { Right, State, Waiting } from './sign-in-states.ts'

const flipped = (token: string): string => {
  const middle = Math.floor(token.length / 2)
  return token.slice(0, middle) + (token[middle] === 'A' ? 'B' : 'A') + token.slice(middle + 1)
}

/** What is made of a token that is no token any more. */
export const SPOILT: Readonly<Record<string, (token: string) => string>> = {
  empty: () => '',
  'cut at its end': (token) => token.slice(0, -1),
  'cut at its beginning': (token) => token.slice(1),
  lengthened: (token) => `${token}A`,
  doubled: (token) => token + token,
  'with one character changed': flipped,
  'in a list of two': (token) => `${token},${token}`,
}

/** The answer with a part left out, emptied, spoilt or of somebody else. */
export function* poorer(json: Right['json'], { person }: Waiting): Generator<Record<string, unknown>> {
  yield {}
  for (const [name, value] of Object.entries(json)) {
    const rest = Object.fromEntries(Object.entries(json).filter(([key]) => key !== name))
    // Whose it is goes without saying where only one makes such a factor.
    if (name !== 'provider') yield rest
    for (const bad of ['', null, [], {}, true, person.login, 'x'.repeat(10_000)]) yield { ...rest, [name]: bad }
    if (typeof value === 'string' && name !== 'newPassword' && name !== 'factorType' && name !== 'provider')
      yield { ...rest, [name]: flipped(value) }
  }
}

/** What a form may leave out: where only one can be meant, and what a browser need not tell. */
const NEEDLESS = ['factor', 'credentialId', 'question']

export function* poorerForms(form: Right['form'], { status }: State): Generator<Record<string, string>> {
  // Whoever sets a question up may answer it as they like.
  const spoilt = (value: string) => (status === 'MFA_ENROLL' ? [] : [flipped(value), `${value}x`])
  yield {}
  for (const [name, value] of Object.entries(form)) {
    if (NEEDLESS.includes(name)) continue
    const rest = Object.fromEntries(Object.entries(form).filter(([key]) => key !== name))
    yield rest
    for (const bad of ['', ' ', ...spoilt(value), 'x'.repeat(10_000)]) yield { ...rest, [name]: bad }
  }
}
