import { ExpressionFault } from './value.ts'

export interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'sign' | 'end'
  readonly text: string
}

const SOURCE_MAX = 4_000
const BLANK = /[ \t\r\n]*/y
const NUMBER = /\d+(?:\.\d+)?/y
const NAME = /[A-Za-z_$][A-Za-z0-9_$]*/y
// Longer signs first.
const SIGNS = ['.![', '?:', '?.', '==', '!=', '<=', '>=', '&&', '||', ...'.,?:<>!+-()[]{}'] as const

/** @throws {ExpressionFault} */
export function tokenize(source: string): readonly Token[] {
  if (source.length > SOURCE_MAX) throw new ExpressionFault(`it has more than ${SOURCE_MAX} characters`)
  const tokens: Token[] = []
  let at = take(BLANK, source, 0).length
  while (at < source.length) {
    const { token, end } = readToken(source, at)
    tokens.push(token)
    at = end + take(BLANK, source, end).length
  }
  return tokens
}

function readToken(source: string, at: number): { readonly token: Token; readonly end: number } {
  const quote = source[at]
  if (quote === '"' || quote === "'") return readText(source, at, quote)
  const number = take(NUMBER, source, at)
  if (number !== '') return { token: { kind: 'number', text: number }, end: at + number.length }
  const name = take(NAME, source, at)
  if (name !== '') return { token: { kind: 'name', text: name }, end: at + name.length }
  const sign = SIGNS.find((candidate) => source.startsWith(candidate, at))
  if (sign === undefined) throw new ExpressionFault(`unexpected '${source[at]}' at ${at + 1}`)
  return { token: { kind: 'sign', text: sign }, end: at + sign.length }
}

function readText(source: string, start: number, quote: string): { readonly token: Token; readonly end: number } {
  let text = ''
  for (let at = start + 1; at < source.length; at++) {
    const character = source[at] ?? ''
    if (character === quote && source[at + 1] !== quote) return { token: { kind: 'text', text }, end: at + 1 }
    // A quotation mark is written twice, or after a backslash.
    if (character === quote || (character === '\\' && at + 1 < source.length)) at++
    text += source[at] ?? ''
  }
  throw new ExpressionFault(`the text that begins at ${start + 1} has no end`)
}

function take(pattern: RegExp, source: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0] ?? ''
}
