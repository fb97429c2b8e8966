// The bounds of a rule's lifetimes, in minutes and in the server's words; undefined for a good one.
const ACCESS = { min: 5, max: 1_440 }
const REFRESH_MAX = 5 * 365 * 24 * 60
const WINDOW_MIN = 10

type Minutes = number | string

const isWithin = (minutes: Minutes, min: number, max: number): boolean =>
  minutes !== '' && Number.isInteger(Number(minutes)) && Number(minutes) >= min && Number(minutes) <= max

export const accessProblem = (minutes: Minutes): string | undefined =>
  isWithin(minutes, ACCESS.min, ACCESS.max)
    ? undefined
    : `The access token lifetime must be between ${ACCESS.min} and ${ACCESS.max} minutes`

export const refreshProblem = (minutes: Minutes, accessMinutes: Minutes): string | undefined =>
  isWithin(minutes, 0, 0) || isWithin(minutes, Number(accessMinutes), REFRESH_MAX)
    ? undefined
    : 'The refresh token lifetime must be 0 (unlimited), or between the access token lifetime and five years'

export const windowProblem = (minutes: Minutes): string | undefined =>
  isWithin(minutes, WINDOW_MIN, REFRESH_MAX)
    ? undefined
    : 'The refresh token window must be between 10 minutes and five years'
