// Reads an expression (spec: 6.7) into a tree: a language of its own, with a bound on the tree's size and depth.
import { FUNCTION_NAMES } from './functions.ts'
import { type Token, tokenize } from './tokenize.ts'
import { ExpressionFault, type Value } from './value.ts'

export type Node =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, Node])[] }
  | { readonly kind: 'member'; readonly of: Node; readonly name: string; readonly safe: boolean }
  | { readonly kind: 'index'; readonly of: Node; readonly at: Node }
  | { readonly kind: 'project'; readonly of: Node; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: 'unary'; readonly sign: '!' | '-'; readonly of: Node }
  | { readonly kind: 'binary'; readonly sign: string; readonly left: Node; readonly right: Node }
  | { readonly kind: 'choice'; readonly test: Node; readonly yes: Node | undefined; readonly no: Node }

export type Parsed = { readonly ok: true; readonly node: Node } | { readonly ok: false; readonly fault: string }

const NODES_MAX = 500
const DEPTH_MAX = 40
const ROOTS: readonly string[] = ['user', 'appuser', 'app', 'org', 'access', 'session']
/** By rising precedence. */
const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!='], ['<', '>', '<=', '>='], ['+', '-']]
const WORDS: Readonly<Record<string, string>> = { OR: '||', AND: '&&', NOT: '!', or: '||', and: '&&', not: '!' }
const END: Token = { kind: 'end', text: 'the end' }

export function parseExpression(source: string): Parsed {
  try {
    return { ok: true, node: parse(tokenize(source)) }
  } catch (error) {
    if (error instanceof ExpressionFault) return { ok: false, fault: error.message }
    throw error
  }
}

function parse(tokens: readonly Token[]): Node {
  let at = 0
  let nodes = 0
  let depth = 0

  const peek = (): Token => tokens[at] ?? END
  const signOf = ({ kind, text }: Token): string | undefined =>
    kind === 'sign' ? text : kind === 'name' && Object.hasOwn(WORDS, text) ? WORDS[text] : undefined
  const accept = (sign: string): boolean => {
    if (signOf(peek()) !== sign) return false
    at++
    return true
  }
  const expect = (sign: string): void => {
    if (!accept(sign)) throw new ExpressionFault(`'${sign}' is expected, not '${peek().text}'`)
  }
  const expectName = (): string => {
    const { kind, text } = peek()
    if (kind !== 'name') throw new ExpressionFault(`a name is expected, not '${text}'`)
    at++
    return text
  }
  const made = (node: Node): Node => {
    if (++nodes > NODES_MAX) throw new ExpressionFault('it is too long')
    return node
  }
  function deeper<T>(read: () => T): T {
    if (++depth > DEPTH_MAX) throw new ExpressionFault('it is nested too deeply')
    const result = read()
    depth--
    return result
  }

  function expression(): Node {
    return deeper(() => {
      const test = binary(0)
      if (accept('?:')) return made({ kind: 'choice', test, yes: undefined, no: expression() })
      if (!accept('?')) return test
      const yes = expression()
      expect(':')
      return made({ kind: 'choice', test, yes, no: expression() })
    })
  }

  function binary(level: number): Node {
    const signs = LEVELS[level]
    if (!signs) return unary()
    let left = binary(level + 1)
    for (let sign = signOf(peek()); sign !== undefined && signs.includes(sign); sign = signOf(peek())) {
      at++
      left = made({ kind: 'binary', sign, left, right: binary(level + 1) })
    }
    return left
  }

  function unary(): Node {
    for (const sign of ['!', '-'] as const)
      if (accept(sign)) return deeper(() => made({ kind: 'unary', sign, of: unary() }))
    return postfix()
  }

  function postfix(): Node {
    let node = primary()
    for (;;) {
      if (accept('[')) {
        node = made({ kind: 'index', of: node, at: expression() })
        expect(']')
      } else if (accept('.![')) {
        node = made({ kind: 'project', of: node, name: expectName() })
        expect(']')
      } else {
        const safe = accept('?.')
        if (!safe && !accept('.')) return node
        const name = expectName()
        node = accept('(') ? call(`.${name}`, [node, ...list(')')]) : made({ kind: 'member', of: node, name, safe })
      }
    }
  }

  function primary(): Node {
    const token = peek()
    at++
    if (token.kind === 'text') return made({ kind: 'value', value: token.text })
    if (token.kind === 'number') return made({ kind: 'value', value: Number(token.text) })
    if (token.kind === 'name') return named(token.text)
    if (token.text === '(') {
      const node = expression()
      expect(')')
      return node
    }
    if (token.text === '{') return braces()
    throw new ExpressionFault(`unexpected '${token.text}'`)
  }

  function named(name: string): Node {
    if (name === 'true' || name === 'false') return made({ kind: 'value', value: name === 'true' })
    if (name === 'null') return made({ kind: 'value', value: null })
    if (accept('(')) return call(name, list(')'))
    if (ROOTS.includes(name)) return made({ kind: 'name', name })
    if (!accept('.')) throw new ExpressionFault(`'${name}' is not known`)
    const full = `${name}.${expectName()}`
    expect('(')
    return call(full, list(')'))
  }

  function call(name: string, args: readonly Node[]): Node {
    if (!FUNCTION_NAMES.has(name)) throw new ExpressionFault(`the function '${name.replace(/^\./, '')}' is not known`)
    return made({ kind: 'call', name, args })
  }

  function list(end: string): readonly Node[] {
    const items: Node[] = []
    if (accept(end)) return items
    do items.push(expression())
    while (accept(','))
    expect(end)
    return items
  }

  function braces(): Node {
    const isMap = peek().kind === 'text' && tokens[at + 1]?.text === ':'
    if (!isMap) return made({ kind: 'list', items: list('}') })
    const entries: [string, Node][] = []
    do {
      const { text } = peek()
      at++
      expect(':')
      entries.push([text, expression()])
    } while (accept(','))
    expect('}')
    return made({ kind: 'map', entries })
  }

  const node = expression()
  if (peek() !== END) throw new ExpressionFault(`unexpected '${peek().text}'`)
  return node
}
