// The server's own words for a field that must be filled.
export const BLANK = 'The field cannot be left blank'

export const blankProblem = (text: string): string | undefined => (text.trim() === '' ? BLANK : undefined)
