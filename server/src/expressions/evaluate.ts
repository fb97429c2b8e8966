// The value of an expression. The tree has no loops, so the work is bounded by its size; texts and lists are bounded too, and so are
// all matches of patterns together, which cost the most.
import { applyFunction, type FunctionContext, type Spend } from './functions.ts'
import { type Node, parseExpression } from './parse.ts'
import {
  boundedText,
  ExpressionFault,
  isList,
  isMap,
  listOf,
  numberOf,
  textOf,
  type Value,
  type ValueMap,
} from './value.ts'

export interface Scope extends Omit<FunctionContext, 'spend'> {
  /** `user`, `appuser`, `app`, `org`, `access` and `session`; what is not there is null. */
  readonly roots: ValueMap
}

export type Evaluated = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: string }

interface Running extends Scope, FunctionContext {}

/** Characters × atoms of patterns. */
const WORK_MAX = 2_000_000

/** Several expressions that are evaluated for one answer share what `spend` allows. */
export function evaluateExpression(source: string, scope: Scope, spend = spender()): Evaluated {
  const parsed = parseExpression(source)
  return parsed.ok ? attempt(() => evaluated(parsed.node, { ...scope, spend })) : parsed
}

/** The value, or why there is none. */
export function attempt(evaluate: () => Value): Evaluated {
  try {
    return { ok: true, value: evaluate() }
  } catch (error) {
    if (error instanceof ExpressionFault) return { ok: false, fault: error.message }
    throw error
  }
}

/** What the patterns of one answer may cost together. */
export function spender(): Spend {
  let left = WORK_MAX
  return (steps) => {
    left -= steps
    if (left < 0) throw new ExpressionFault('it takes too much work')
  }
}

function evaluated(node: Node, scope: Running): Value {
  const of = (part: Node): Value => evaluated(part, scope)
  switch (node.kind) {
    case 'value':
      return node.value
    case 'name':
      return memberOf(scope.roots, node.name)
    case 'list':
      return node.items.map(of)
    case 'map':
      return Object.fromEntries(node.entries.map(([name, value]) => [name, of(value)]))
    case 'member': {
      const value = of(node.of)
      if (value === null && !node.safe) throw new ExpressionFault(`nothing has no '${node.name}'`)
      return isMap(value) ? memberOf(value, node.name) : null
    }
    case 'index':
      return listOf(of(node.of))[numberOf(of(node.at))] ?? null
    case 'project':
      return listOf(of(node.of)).map((item) => (isMap(item) ? memberOf(item, node.name) : null))
    case 'call':
      return applyFunction(node.name, node.args.map(of), scope)
    case 'unary':
      return node.sign === '!' ? !isTrue(of(node.of)) : -numberOf(of(node.of))
    case 'binary':
      return binary(node.sign, node.left, node.right, of)
    case 'choice': {
      const test = of(node.test)
      if (node.yes) return of(isTrue(test) ? node.yes : node.no)
      return test === null || test === '' ? of(node.no) : test
    }
  }
}

function binary(sign: string, left: Node, right: Node, of: (node: Node) => Value): Value {
  if (sign === '&&') return isTrue(of(left)) && isTrue(of(right))
  if (sign === '||') return isTrue(of(left)) || isTrue(of(right))
  const [a, b] = [of(left), of(right)]
  switch (sign) {
    case '==':
      return equal(a, b)
    case '!=':
      return !equal(a, b)
    case '+':
      return typeof a === 'number' && typeof b === 'number' ? a + b : boundedText(textOf(a) + textOf(b))
    case '-':
      return numberOf(a) - numberOf(b)
    default:
      return compare(sign, a, b)
  }
}

function compare(sign: string, a: Value, b: Value): boolean {
  const [left, right] = typeof a === 'string' && typeof b === 'string' ? [a, b] : [numberOf(a), numberOf(b)]
  if (sign === '<') return left < right
  if (sign === '>') return left > right
  return sign === '<=' ? left <= right : left >= right
}

function isTrue(value: Value): boolean {
  if (value !== null && typeof value !== 'boolean') throw new ExpressionFault('true or false is expected')
  return value === true
}

const equal = (a: Value, b: Value): boolean =>
  isList(a) && isList(b) ? a.length === b.length && a.every((item, at) => item === b[at]) : a === b

const memberOf = (map: ValueMap, name: string): Value => (Object.hasOwn(map, name) ? (map[name] ?? null) : null)
