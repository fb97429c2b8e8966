// The functions of the language: each a pure function of plain values and of what is known about the person.
import { matchesPattern, parsePattern, workOfMatch } from './pattern.ts'
import {
  boundedList,
  boundedText,
  ExpressionFault,
  isList,
  isMap,
  listOf,
  numberOf,
  textOf,
  type Value,
} from './value.ts'

export interface Group {
  readonly id: string
  readonly name: string
}

export interface FunctionContext {
  readonly groups: readonly Group[]
  /** What `user.getInternalProperty` tells. */
  readonly internal: Readonly<Record<string, string>>
  readonly spend: Spend
}

/** @throws {ExpressionFault} once the evaluation has cost more than one may */
export type Spend = (steps: number) => void

type Args = readonly Value[]
type Apply = (args: Args, context: FunctionContext) => Value

const GROUPS_MAX = 100

const arg = (args: Args, at: number): Value => args[at] ?? null
const text = (args: Args, at: number): string => textOf(arg(args, at))
const number = (args: Args, at: number): number => numberOf(arg(args, at))
/** Of nothing comes nothing. */
const onText =
  (apply: (subject: string, args: Args) => Value): Apply =>
  (args) =>
    arg(args, 0) === null ? null : apply(text(args, 0), args)

const before = (subject: string, mark: string): string =>
  subject.includes(mark) ? subject.slice(0, subject.indexOf(mark)) : subject
const after = (subject: string, mark: string): string =>
  subject.includes(mark) ? subject.slice(subject.indexOf(mark) + mark.length) : ''

function replaceAll(subject: string, args: Args): string {
  const parts = text(args, 1) === '' ? [subject] : subject.split(text(args, 1))
  const replacement = text(args, 2)
  if (subject.length + parts.length * replacement.length > 50_000) throw new ExpressionFault('a text gets too long')
  return boundedText(parts.join(replacement))
}

const STRING: Readonly<Record<string, Apply>> = {
  append: (args) => boundedText(text(args, 0) + text(args, 1)),
  join: (args) =>
    boundedText(
      args
        .slice(1)
        .filter((part) => part !== null)
        .map(textOf)
        .join(text(args, 0)),
    ),
  len: onText((subject) => subject.length),
  removeSpaces: onText((subject) => subject.replaceAll(' ', '')),
  replace: onText(replaceAll),
  replaceFirst: onText((subject, args) => boundedText(subject.replace(text(args, 1), () => text(args, 2)))),
  startsWith: onText((subject, args) => subject.startsWith(text(args, 1))),
  stringContains: onText((subject, args) => subject.includes(text(args, 1))),
  stringSwitch: (args) => {
    for (let at = 2; at + 1 < args.length; at += 2) if (text(args, 0).includes(text(args, at))) return arg(args, at + 1)
    return arg(args, 1)
  },
  substring: onText((subject, args) => subject.substring(number(args, 1), number(args, 2))),
  substringBefore: onText((subject, args) => before(subject, text(args, 1))),
  substringAfter: onText((subject, args) => after(subject, text(args, 1))),
  toUpperCase: onText((subject) => subject.toUpperCase()),
  toLowerCase: onText((subject) => subject.toLowerCase()),
}

const same = (left: Value) => (right: Value) => left === right

const ARRAYS: Readonly<Record<string, Apply>> = {
  add: (args) => boundedList([...listOf(arg(args, 0)), arg(args, 1)]),
  remove: (args) => listOf(arg(args, 0)).filter((item) => item !== arg(args, 1)),
  clear: () => [],
  get: (args) => listOf(arg(args, 0))[number(args, 1)] ?? null,
  flatten: (args) => boundedList(args.flatMap((item) => (isList(item) ? item.flat() : [item]))),
  contains: (args) => listOf(arg(args, 0)).some(same(arg(args, 1))),
  size: (args) => listOf(arg(args, 0)).length,
  isEmpty: (args) => arg(args, 0) === null || listOf(arg(args, 0)).length === 0,
  toCsvString: (args) => boundedText(listOf(arg(args, 0)).map(textOf).join(',')),
}

/** @throws {ExpressionFault} for what is no pattern of the supported subset, and for too many matches */
export function patternTest(source: string, spend: Spend): (name: string) => boolean {
  const pattern = parsePattern(source)
  if (!pattern) throw new ExpressionFault(`'${source}' is not a supported pattern`)
  return (name) => {
    spend(workOfMatch(pattern, name))
    return matchesPattern(pattern, name)
  }
}

const member =
  (test: (group: Group, wanted: string) => boolean): Apply =>
  (args, { groups }) =>
    args.some((_, at) => groups.some((group) => test(group, text(args, at))))

const memberByPattern: Apply = (args, context) =>
  context.groups.length > 0 &&
  args.some((_, at) => {
    const test = patternTest(text(args, at), context.spend)
    return context.groups.some(({ name }) => test(name))
  })

const names = (groups: readonly Group[], limit: number): readonly Value[] =>
  groups.slice(0, Math.min(Math.max(limit, 0), GROUPS_MAX)).map(({ name }) => name)

const ownGroups =
  (test: (name: string, wanted: string) => boolean): Apply =>
  (args, { groups }) =>
    names(
      groups.filter(({ name }) => test(name, text(args, 1))),
      args.length > 2 ? number(args, 2) : GROUPS_MAX,
    )

const OPERATORS: Readonly<Record<string, (name: string, wanted: string) => boolean>> = {
  STARTS_WITH: (name, wanted) => name.startsWith(wanted),
  EXACT: (name, wanted) => name === wanted,
}

/** `user.getGroups({'group.profile.name': 'x', 'operator': 'STARTS_WITH'})`: groups with an id and a name. */
const userGroups: Apply = (args, { groups }) => {
  const wish = arg(args, 1)
  const member = (name: string): Value => (isMap(wish) && Object.hasOwn(wish, name) ? (wish[name] ?? null) : null)
  const wanted = member('group.profile.name')
  const ids = member('group.id')
  const operator = textOf(member('operator')) || 'EXACT'
  const test = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined
  if (!test) throw new ExpressionFault(`the operator '${operator}' is not known`)
  return groups
    .filter(({ name }) => wanted === null || test(name, textOf(wanted)))
    .filter(({ id }) => ids === null || (isList(ids) ? ids.includes(id) : ids === id))
    .slice(0, GROUPS_MAX)
    .map(({ id, name }) => ({ id, name }))
}

const filteredGroups: Apply = (args, { groups }) => {
  const wanted = listOf(arg(args, 0))
  const field = text(args, 1)
  if (field !== 'group.name' && field !== 'group.id') throw new ExpressionFault(`'${field}' is not a field of groups`)
  const found = groups
    .filter(({ id }) => wanted.includes(id))
    .map((group) => (field === 'group.id' ? { ...group, name: group.id } : group))
  return names(found, args.length > 2 ? number(args, 2) : GROUPS_MAX)
}

const prefixed = (prefix: string, functions: Readonly<Record<string, Apply>>): [string, Apply][] =>
  Object.entries(functions).map(([name, apply]) => [`${prefix}${name}`, apply])

const FUNCTIONS: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  ...prefixed('String.', STRING),
  // The older forms, and those of a text's own.
  ...prefixed('', STRING),
  ...prefixed('.', STRING),
  ...prefixed('Arrays.', ARRAYS),
  [
    '.contains',
    (args) =>
      isList(arg(args, 0)) ? listOf(arg(args, 0)).includes(arg(args, 1)) : text(args, 0).includes(text(args, 1)),
  ],
  ['.size', (args) => listOf(arg(args, 0)).length],
  ['Convert.toInt', (args) => Math.trunc(number(args, 0))],
  ['Convert.toNum', (args) => number(args, 0)],
  ['isMemberOfGroup', member(({ id }, wanted) => id === wanted)],
  ['isMemberOfAnyGroup', member(({ id }, wanted) => id === wanted)],
  ['isMemberOfGroupName', member(({ name }, wanted) => name === wanted)],
  ['isMemberOfGroupNameStartsWith', member(({ name }, wanted) => name.startsWith(wanted))],
  ['isMemberOfGroupNameContains', member(({ name }, wanted) => name.includes(wanted))],
  ['isMemberOfGroupNameRegex', memberByPattern],
  ['Groups.startsWith', ownGroups((name, wanted) => name.startsWith(wanted))],
  ['Groups.contains', ownGroups((name, wanted) => name.includes(wanted))],
  ['Groups.endsWith', ownGroups((name, wanted) => name.endsWith(wanted))],
  ['getFilteredGroups', filteredGroups],
  ['.getGroups', userGroups],
  [
    '.getInternalProperty',
    (args, { internal }) => (Object.hasOwn(internal, text(args, 1)) ? (internal[text(args, 1)] ?? null) : null),
  ],
])

export const FUNCTION_NAMES: ReadonlySet<string> = new Set(FUNCTIONS.keys())

/** @throws {ExpressionFault} */
export function applyFunction(name: string, args: Args, context: FunctionContext): Value {
  const apply = FUNCTIONS.get(name)
  if (!apply) throw new ExpressionFault(`the function '${name}' is not known`)
  return apply(args, context)
}
