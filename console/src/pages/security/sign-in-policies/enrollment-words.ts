// What an enrolment policy means for a person, in plain words. Pure.
import { andList } from './and-list.ts'
import { type Demand, ENROLLABLE, type EnrollmentValues, type Prompt } from './enrollment-values.ts'

/** @param who such as "Whoever this policy is for" */
export function enrollmentWords(who: string, values: EnrollmentValues): string {
  const of = (demand: Demand) => ENROLLABLE.filter(({ field }) => values[field] === demand).map(({ label }) => label)
  const [required, optional, refused] = [of('REQUIRED'), of('OPTIONAL'), of('NOT_ALLOWED')].map(andList)
  const must = required ? `must set up ${required}` : ''
  const may = optional ? `may set up ${optional}` : ''
  const all = [must, may].filter(Boolean).join(', and ')
  if (all === '') return `${who} sets up nothing beside the password.`
  return `${who} ${all}.${refused ? ` Not allowed: ${refused}.` : ''}`
}

const PROMPTS: Readonly<Record<Prompt, string>> = {
  LOGIN: 'is led to what must be set up at the next sign-in',
  CHALLENGE: 'is led to what must be set up once a sign-in asks for a second factor',
  NEVER: 'sets nothing up while signing in, only in the own settings',
}

/** @param who such as "Whoever is in Staff" */
export const promptWords = (who: string, prompt: Prompt): string => `${who} ${PROMPTS[prompt]}.`
