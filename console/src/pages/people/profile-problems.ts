// What is wrong with an attribute, in the server's words. A test of the server holds the two to be the same.
const LIMITS: Readonly<Record<string, { readonly min?: number; readonly max: number }>> = {
  login: { min: 5, max: 100 },
  email: { min: 5, max: 100 },
  secondEmail: { max: 100 },
  firstName: { max: 50 },
  lastName: { max: 50 },
  primaryPhone: { max: 100 },
  mobilePhone: { max: 100 },
  streetAddress: { max: 1024 },
  city: { max: 128 },
  state: { max: 128 },
  zipCode: { max: 50 },
  countryCode: { max: 2 },
}
const OTHERS_MAX = 4096
const REQUIRED = ['login', 'email', 'firstName', 'lastName']
const ADDRESSES = ['login', 'email', 'secondEmail']
const EMAIL = /^[^\s@]+@[^\s@]+$/

/** Undefined for a good one. */
export function profileProblem(name: string, text: string): string | undefined {
  if (text === '') return REQUIRED.includes(name) ? 'The field cannot be left blank' : undefined
  const { min = 0, max = OTHERS_MAX } = LIMITS[name] ?? {}
  const length = Array.from(text).length
  if (length < min) return `The field must have at least ${min} characters`
  if (length > max) return `The field cannot have more than ${max} characters`
  if (!ADDRESSES.includes(name) || EMAIL.test(text)) return undefined
  return name === 'login' ? 'Username must be in the form of an email address' : 'Does not match required pattern'
}

/** By name of the attribute. */
export const profileProblems = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, text]) => {
      const problem = profileProblem(name, text.trim())
      return problem === undefined ? [] : [[name, problem]]
    }),
  )
