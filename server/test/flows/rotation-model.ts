// What refresh tokens owe to whoever presents them, as a model small enough to be believed: plain data, one function for each thing that
// may happen, nothing of the server's own decisions. Tokens are numbers here; the walk that holds a server against the model knows their values.

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE

/** What the rule of the authorization server says in the walk. */
export const FAMILY_LIFE = 1.25 * DAY
export const IDLE_WINDOW = DAY
export const ACCESS_LIFE = DAY

export interface Setting {
  readonly rotation_type: 'ROTATE' | 'STATIC'
  readonly leeway: number
}

interface Spent {
  readonly at: number
  /** Whether its successor can be given again: it was spent while there was a grace period. */
  readonly kept: boolean
}

export interface Family {
  readonly began: number
  /** As far as it was written down: a use of a persistent token is, once a twentieth of the window has passed. */
  readonly used: number
  readonly ended: boolean
  /** From the first to the newest. */
  readonly tokens: readonly number[]
}

export const CLOSINGS = ['suspend', 'deactivate', 'unassign', 'switch the app off'] as const
export type Closing = (typeof CLOSINGS)[number]

export interface World {
  readonly setting: Setting
  readonly families: readonly Family[]
  readonly spent: ReadonlyMap<number, Spent>
  /** What keeps the person from the app at present. */
  readonly closed: Closing | undefined
  readonly nextToken: number
}

export const ENDINGS = [
  'the app’s tokens',
  'the person’s tokens of the client',
  'the server’s tokens of the client',
  'the person’s sessions with their tokens',
] as const
export type Ending = (typeof ENDINGS)[number]

export type Act =
  | { readonly kind: 'refresh'; readonly token: number }
  | { readonly kind: 'revoke'; readonly token: number }
  | { readonly kind: 'end one'; readonly family: number }
  | { readonly kind: 'end all'; readonly what: Ending }
  | { readonly kind: 'close'; readonly how: Closing }
  | { readonly kind: 'set'; readonly setting: Setting }

export type Outcome =
  | { readonly kind: 'given'; readonly token: number }
  | { readonly kind: 'dead' | 'unknown client' | 'not found' | 'done' }

interface Step {
  readonly world: World
  readonly outcome: Outcome
}

export const newWorld = (setting: Setting): World => ({
  setting,
  families: [],
  spent: new Map(),
  closed: undefined,
  nextToken: 1,
})

/** Another authorization: its first token is `nextToken`. */
export const begin = (world: World, now: number): World => ({
  ...world,
  families: [...world.families, { began: now, used: now, ended: false, tokens: [world.nextToken] }],
  nextToken: world.nextToken + 1,
})

export const reopen = (world: World): World => ({ ...world, closed: undefined })

export const familyWith = (world: World, token: number): number =>
  world.families.findIndex(({ tokens }) => tokens.includes(token))

export function perform(world: World, act: Act, now: number): Step {
  switch (act.kind) {
    case 'refresh':
      return refresh(world, act.token, now)
    case 'revoke':
      if (world.closed === 'switch the app off') return { world, outcome: { kind: 'unknown client' } }
      return done(change(world, familyWith(world, act.token), { ended: true }))
    case 'end one': {
      const family = world.families[act.family]
      if (!family || !isLiving(family, now)) return { world, outcome: { kind: 'not found' } }
      return done(change(world, act.family, { ended: true }))
    }
    case 'end all':
      return done(endAll(world))
    case 'close':
      return done({ ...endAll(world), closed: act.how })
    case 'set':
      return done({ ...world, setting: act.setting })
  }
}

function refresh(world: World, token: number, now: number): Step {
  if (world.closed === 'switch the app off') return { world, outcome: { kind: 'unknown client' } }
  const dead = (after: World): Step => ({ world: after, outcome: { kind: 'dead' } })
  const at = familyWith(world, token)
  const family = world.families[at]
  if (!family || family.ended) return dead(world)
  const spent = world.spent.get(token)
  if (spent && !inGrace(world, spent, now)) return dead(change(world, at, { ended: true }))
  if (!isLiving(family, now)) return dead(world)
  const newest = family.tokens.at(-1) ?? token
  if (spent) return isGivenAgain(world, family) ? { world, outcome: { kind: 'given', token: newest } } : dead(world)
  if (world.setting.rotation_type === 'STATIC') {
    const used = now - family.used > IDLE_WINDOW / 20 ? now : family.used
    return { world: change(world, at, { used }), outcome: { kind: 'given', token } }
  }
  const next = world.nextToken
  const rotated = change(world, at, { used: now, tokens: [...family.tokens, next] })
  return {
    world: {
      ...rotated,
      spent: new Map(world.spent).set(token, { at: now, kept: world.setting.leeway > 0 }),
      nextToken: next + 1,
    },
    outcome: { kind: 'given', token: next },
  }
}

/** What introspection says of a refresh token: when it ends, or nothing. */
export function endOfRefreshToken(world: World, token: number, now: number): number | undefined {
  const family = world.families[familyWith(world, token)]
  if (!family || world.closed !== undefined || !isLiving(family, now)) return undefined
  const spent = world.spent.get(token)
  if (spent && !(inGrace(world, spent, now) && isGivenAgain(world, family))) return undefined
  return Math.floor(Math.min(family.began + FAMILY_LIFE, family.used + IDLE_WINDOW) / SECOND)
}

/** An access token lives by its family's authorization, however the refresh tokens fare, until it expires or that is ended. */
export const isAccessAlive = (world: World, family: number, given: number, now: number): boolean =>
  world.closed === undefined &&
  !world.families[family]?.ended &&
  now < Math.floor(given / SECOND) * SECOND + ACCESS_LIFE

export type Edge = 'grace' | 'idle' | 'end' | 'access'

/** The next instant at which something about the newest family changes by itself. */
export function edgeOf(world: World, edge: Edge): number | undefined {
  const family = world.families.at(-1)
  if (!family) return undefined
  if (edge === 'end') return family.began + FAMILY_LIFE
  if (edge === 'idle') return family.used + IDLE_WINDOW
  if (edge === 'access') return Math.floor(family.used / SECOND) * SECOND + ACCESS_LIFE
  const spent = world.spent.get(family.tokens.at(-2) ?? 0)
  return spent && spent.at + world.setting.leeway * SECOND
}

const isLiving = ({ ended, began, used }: Family, now: number): boolean =>
  !ended && now < began + FAMILY_LIFE && now < used + IDLE_WINDOW

const inGrace = ({ setting }: World, { at }: Spent, now: number): boolean => now < at + setting.leeway * SECOND

const isGivenAgain = (world: World, { tokens }: Family): boolean => world.spent.get(tokens.at(-2) ?? 0)?.kept ?? false

const done = (world: World): Step => ({ world, outcome: { kind: 'done' } })

const endAll = (world: World): World => ({
  ...world,
  families: world.families.map((family) => ({ ...family, ended: true })),
})

const change = (world: World, at: number, what: Partial<Family>): World => ({
  ...world,
  families: world.families.map((family, place) => (place === at ? { ...family, ...what } : family)),
})
