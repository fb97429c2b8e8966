// argon2id in PHC form, with OWASP's parameters (19 MiB, 2 passes, 1 lane).
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

interface Parameters {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

const CURRENT: Parameters = { memory: 19_456, passes: 2, parallelism: 1 }
const TAG_BYTES = 32
const SALT_BYTES = 16
const MEMORY_MAX = 1_048_576
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/** Any hash of the current parameters: what an unknown person's password is compared with. */
const DUMMY = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`

function derive(password: string, salt: Buffer, parameters: Parameters, tagLength: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const input = { message: Buffer.from(password, 'utf8'), nonce: salt, tagLength, ...parameters }
    argon2('argon2id', input, (error, tag) => (error ? reject(error) : resolve(tag)))
  })
}

const bare = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const tag = await derive(password, salt, CURRENT, TAG_BYTES)
  return `$argon2id$v=19$m=${CURRENT.memory},t=${CURRENT.passes},p=${CURRENT.parallelism}$${bare(salt)}$${bare(tag)}`
}

/** False for a wrong password, an unknown person (`undefined`) and a stored value that is no argon2id hash: after the same work. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const match = PHC.exec(stored ?? DUMMY) ?? PHC.exec(DUMMY)
  const [, memory, passes, parallelism, salt, tag] = match ?? []
  if (salt === undefined || tag === undefined || Number(memory) > MEMORY_MAX) return false
  const expected = Buffer.from(tag, 'base64')
  const parameters = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const actual = await derive(password, Buffer.from(salt, 'base64'), parameters, expected.length)
  return timingSafeEqual(actual, expected) && stored !== undefined && match?.input === stored
}
