// What somebody's phone does with a shared secret, written anew for the tests: RFC 6238 from base32 to six digits.
import { createHmac } from 'node:crypto'
import type { Fixture, RequestOptions, TestAnswer } from './fixture.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The code that the app shows at that time, in milliseconds. */
export function codeOf(sharedSecret: string, at: number): string {
  const bits = [...sharedSecret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const seed = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeUInt32BE(Math.floor(at / 30_000), 4)
  const digest = createHmac('sha1', seed).update(step).digest()
  const offset = (digest[19] ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** A code that is none of those around that time. */
function wrongCode(sharedSecret: string, at: number): string {
  const near = Array.from({ length: 61 }, (_, step) => codeOf(sharedSecret, at + (step - 30) * 30_000))
  for (let code = 0; ; code++) {
    const text = String(code).padStart(6, '0')
    if (!near.includes(text)) return text
  }
}

export interface EnrolledApp {
  readonly id: string
  readonly path: string
  readonly sharedSecret: string
  /** The code of now; whoever uses two of them waits for the next. */
  code(): string
  wrong(): string
}

/** An authenticator app that the person has activated, by the administrator's token unless told otherwise. */
export async function enrollApp(
  fixture: Fixture,
  userId: string,
  options: RequestOptions & { readonly provider?: string } = {},
): Promise<EnrolledApp> {
  const { provider = 'GOOGLE', ...how } = options
  const factors = `/api/v1/users/${userId}/factors`
  const json = { factorType: 'token:software:totp', provider }
  const begun = await fixture.request('POST', factors, { ...how, json })
  const { sharedSecret } = ok(begun)._embedded.activation
  const path = `${factors}/${begun.json.id}`
  const code = () => codeOf(sharedSecret, fixture.clock.now())
  ok(await fixture.request('POST', `${path}/lifecycle/activate`, { ...how, json: { passCode: code() } }))
  // The code that activated it is used.
  fixture.clock.advance(30_000)
  return { id: begun.json.id, path, sharedSecret, code, wrong: () => wrongCode(sharedSecret, fixture.clock.now()) }
}

function ok({ status, text, json }: TestAnswer) {
  if (status !== 200) throw new Error(`${status} ${text}`)
  return json
}
