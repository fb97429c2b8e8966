// argon2id in PHC form, with OWASP's parameters (19 MiB, 2 passes, 1 lane).
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

interface Parameters {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

interface StoredHash {
  readonly parameters: Parameters
  readonly salt: Buffer
  readonly tag: Buffer
}

const CURRENT: Parameters = { memory: 19_456, passes: 2, parallelism: 1 }
const TAG_BYTES = 32
const SALT_BYTES = 16
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/
const MEMORY_MAX = 1_048_576
const SALT_BYTES_MIN = 8
// Nothing is equal to nothing: a tag must be long enough to tell passwords apart.
const TAG_BYTES_MIN = 16

/** What the password of an unknown person is compared with. */
const NOBODY: StoredHash = { parameters: CURRENT, salt: Buffer.alloc(SALT_BYTES), tag: Buffer.alloc(TAG_BYTES) }

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const tag = await derive(password, salt, CURRENT, TAG_BYTES)
  return `$argon2id$v=19$m=${CURRENT.memory},t=${CURRENT.passes},p=${CURRENT.parallelism}$${bare(salt)}$${bare(tag)}`
}

/** False for a wrong password, an unknown person (`undefined`) and a stored value that is no argon2id hash: after the same work. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const known = stored === undefined ? undefined : parseHash(stored)
  const { parameters, salt, tag } = known ?? NOBODY
  const isEqual = timingSafeEqual(await derive(password, salt, parameters, tag.length), tag)
  return isEqual && known !== undefined
}

function parseHash(text: string): StoredHash | undefined {
  const [, memoryText, passesText, parallelismText, saltText = '', tagText = ''] = PHC.exec(text) ?? []
  const [memory, passes, parallelism] = [Number(memoryText), Number(passesText), Number(parallelismText)]
  const salt = Buffer.from(saltText, 'base64')
  const tag = Buffer.from(tagText, 'base64')
  // RFC 9106 §3.1: at least eight blocks of memory for each lane.
  const isSound = passes >= 1 && parallelism >= 1 && memory >= 8 * parallelism && memory <= MEMORY_MAX
  if (!isSound || salt.length < SALT_BYTES_MIN || tag.length < TAG_BYTES_MIN) return undefined
  return { parameters: { memory, passes, parallelism }, salt, tag }
}

function derive(password: string, salt: Buffer, parameters: Parameters, tagLength: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const input = { message: Buffer.from(password, 'utf8'), nonce: salt, tagLength, ...parameters }
    argon2('argon2id', input, (error, tag) => (error ? reject(error) : resolve(tag)))
  })
}

const bare = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')
