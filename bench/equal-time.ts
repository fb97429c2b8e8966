// Whether a clock outside can tell a name that somebody has from one that nobody has. Pairs of requests, one of each kind, in a random
// order within the pair and with nothing beside them: what the machine does otherwise meets both alike. It is printed and not judged; that
// the work is the same is held by tests, which count it.
import { randomInt } from 'node:crypto'
import { Agent } from 'node:http'
import { type Answer, exchange, type Sent } from './load.ts'
import { median } from './numbers.ts'
import type { Subject } from './subject.ts'

export const EQUAL_TIME = 'equal-time'

/** One door, asked with many pairs of names; times in milliseconds. */
export interface Compared {
  readonly door: string
  /** By pair. */
  readonly known: readonly number[]
  readonly unknown: readonly number[]
}

interface Door {
  readonly name: string
  /** What is sent with this name, and what every such request is answered. */
  request(name: string): Sent
  readonly status: number
}

const JSON_BODY = { 'content-type': 'application/json', accept: 'application/json' }
/** Asked first, and not measured. */
export const PAIRS_BEFORE = 20

/** Each pair has names of its own: a name that was just asked for is answered otherwise, whether anybody has it or not. */
export async function compareNames({ url, people }: Subject, pairs: number): Promise<readonly Compared[]> {
  if (people.length < pairs + PAIRS_BEFORE) throw new Error('Each pair takes a person of its own.')
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  // In the order of their making their rows would lie side by side, and be dearer or cheaper to find than anybody's.
  const asked = shuffled(people)
  try {
    const compared: Compared[] = []
    for (const door of [authn, await signInPage(url), recovery]) {
      const known: number[] = []
      const unknown: number[] = []
      for (let pair = 0; pair < pairs + PAIRS_BEFORE; pair++) {
        const somebody = asked[pair]?.login ?? ''
        const sides = [
          [known, somebody],
          [unknown, somebody.replace('person', 'nobody')],
        ] as const
        const [first, second] = randomInt(2) === 0 ? sides : sides.toReversed()
        for (const [times, name] of [first, second]) times?.push(await timed(agent, url, door, name ?? ''))
      }
      compared.push({ door: door.name, known: known.slice(PAIRS_BEFORE), unknown: unknown.slice(PAIRS_BEFORE) })
    }
    return compared
  } finally {
    agent.destroy()
  }
}

const shuffled = <T>(list: readonly T[]): readonly T[] =>
  list
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)

async function timed(agent: Agent, url: string, { name: door, request, status }: Door, name: string): Promise<number> {
  const began = performance.now()
  const answer: Answer = await exchange(agent, url, request(name))
  const milliseconds = performance.now() - began
  if (answer.status !== status)
    throw new Error(`${door} answered ${answer.status} to ${name}: ${answer.body.slice(0, 200)}`)
  return milliseconds
}

const authn: Door = {
  name: 'a wrong password, /api/v1/authn',
  request: (username) =>
    post('/api/v1/authn', JSON_BODY, JSON.stringify({ username, password: 'Wrong-Harbour-1-Lamp' })),
  status: 401,
}

const recovery: Door = {
  name: 'a forgotten password, /api/v1/authn/recovery/password',
  request: (username) =>
    post('/api/v1/authn/recovery/password', JSON_BODY, JSON.stringify({ username, factorType: 'EMAIL' })),
  status: 200,
}

/** The form as a browser sends it: its page is loaded once, and the form sent with each name. */
async function signInPage(url: string): Promise<Door> {
  const page = await fetch(`${url}/signin`, { headers: { 'sec-fetch-site': 'none' } })
  const html = await page.text()
  const form = [...html.matchAll(/<form[^>]*action="([^"]+)"[^>]*>(.*?)<\/form>/gs)].find(([text]) =>
    text.includes('type="password"'),
  )
  if (!form) throw new Error('The sign-in page has no form for a password.')
  const [, path = '', inside = ''] = form
  const fields = [...inside.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
    name ?? '',
    value ?? '',
  ])
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'sec-fetch-site': 'same-origin',
    origin: url,
    cookie: page.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; '),
  }
  return {
    name: 'a wrong password, the sign-in page',
    request: (identifier) =>
      post(
        path,
        headers,
        new URLSearchParams([...fields, ['identifier', identifier], ['credentials.passcode', 'Wrong-1']]).toString(),
      ),
    status: 401,
  }
}

const post = (path: string, headers: Sent['headers'], body: string): Sent => ({
  method: 'POST',
  path,
  ...(headers && { headers }),
  body,
})

export interface Verdict {
  readonly known: number
  readonly unknown: number
  /** The median of known − unknown within the pairs, between which it lies with 95 % confidence. */
  readonly difference: { readonly median: number; readonly least: number; readonly most: number }
  /** In which share of the pairs the known name took longer; a half is a coin. */
  readonly slower: number
  /** How far from a half that share may lie by chance, with 95 % confidence. */
  readonly chance: number
}

/** What somebody with a clock learns from all pairs (sign test; the interval is that of order statistics). */
export function judgePairs({ known, unknown }: Compared): Verdict {
  const pairs = known.length
  const differences = known.map((time, pair) => time - (unknown[pair] ?? Number.NaN)).sort((a, b) => a - b)
  const half = 1.96 * Math.sqrt(pairs / 4)
  const at = (rank: number) => differences[Math.max(0, Math.min(pairs - 1, Math.round(rank)))] ?? Number.NaN
  return {
    known: median(known),
    unknown: median(unknown),
    difference: { median: median(differences), least: at(pairs / 2 - half - 1), most: at(pairs / 2 + half) },
    slower: differences.filter((difference) => difference > 0).length / pairs,
    chance: half / pairs,
  }
}
