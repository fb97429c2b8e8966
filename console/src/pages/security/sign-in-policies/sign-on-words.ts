// What a person meets under a rule of a global session policy, in plain words. Pure.
import type { PolicyRule } from '../../../api/types.ts'
import { minutesInWords } from '../minutes.ts'

type SignOn = NonNullable<PolicyRule['actions']['signon']>

/** @param who such as "Whoever is in Staff" */
export function signOnWords(who: string, signon: SignOn | undefined): string {
  if (signon?.access !== 'ALLOW') return `${who} can't sign in.`
  return `${who} ${firstStep(signon)}${secondStep(signon)}. ${sessionWords(signon)}`
}

const firstStep = ({ primaryFactor }: SignOn): string =>
  primaryFactor === 'PASSWORD_IDP'
    ? 'signs in with a password'
    : 'gives a username and then, on the next page, a password'

function secondStep({ requireFactor, factorPromptMode = 'ALWAYS', factorLifetime = 0 }: SignOn): string {
  if (!requireFactor) return ''
  if (factorPromptMode === 'DEVICE') return ", and proves a second factor on each device that isn't remembered"
  return factorPromptMode === 'SESSION' && factorLifetime > 0
    ? `, and proves a second factor, from which a browser may be let off for ${minutesInWords(factorLifetime)}`
    : ', and proves a second factor at every sign-in'
}

function sessionWords({ session }: SignOn): string {
  const { maxSessionIdleMinutes, maxSessionLifetimeMinutes, usePersistentCookie } = session
  const atLatest = maxSessionLifetimeMinutes === 0 ? '' : `, ${minutesInWords(maxSessionLifetimeMinutes)} at the latest`
  const browser = usePersistentCookie ? 'also when the browser is closed in between' : 'or until the browser is closed'
  return `The session lasts until ${minutesInWords(maxSessionIdleMinutes)} pass unused${atLatest}, ${browser}.`
}
