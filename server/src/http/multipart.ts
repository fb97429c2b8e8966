// Forms with files (RFC 7578), read whole: they are small. Node's own reader (`Response.formData`) refuses names without quotation
// marks, which .NET's clients send, and makes objects of every part.
import { Refusal } from '#kernel/refusal.ts'

/** A body as it came; nothing of it is read before the caller is known. */
export interface Multipart {
  readonly contentType: string
  readonly bytes: Buffer
}

const PARTS_MAX = 20
const HEADER_BYTES_MAX = 8_192
// RFC 2046 §5.1.1
const BOUNDARY = /^multipart\/form-data\s*;(?:[^"]*;)?\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i
const NAME = /^content-disposition:\s*form-data\s*;(?:[^\r\n]*?;)??\s*name=(?:"([^"\r\n]*)"|([^\s;"]+))/im

export const multipart = (contentType: string, bytes: string | Buffer): Multipart => ({
  contentType,
  bytes: Buffer.from(bytes),
})

export const isMultipart = (body: unknown): body is Multipart =>
  typeof body === 'object' && body !== null && 'bytes' in body && body.bytes instanceof Uint8Array

/** The content of the part of that name, the first of several; undefined where there is none. @throws {Refusal} malformed_body */
export function partOf({ contentType, bytes }: Multipart, name: string): Buffer | undefined {
  const [, quoted, plain] = BOUNDARY.exec(contentType) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined) throw malformed()
  const line = Buffer.from(`\r\n--${boundary}`, 'latin1')
  // The first boundary may stand at the very beginning.
  let at = bytes.subarray(0, line.length - 2).equals(line.subarray(2)) ? line.length - 2 : indexAfter(bytes, line, 0)
  for (let parts = 0; parts < PARTS_MAX; parts++) {
    if (bytes.toString('latin1', at, at + 2) === '--') return undefined
    const headersEnd = indexAfter(bytes.subarray(0, at + HEADER_BYTES_MAX), Buffer.from('\r\n\r\n'), at)
    const next = indexAfter(bytes, line, headersEnd - 2)
    const [, inQuotes, bare] = NAME.exec(bytes.toString('utf8', at, headersEnd)) ?? []
    if ((inQuotes ?? bare) === name) return bytes.subarray(headersEnd, Math.max(headersEnd, next - line.length))
    at = next
  }
  throw malformed()
}

function indexAfter(bytes: Buffer, found: Buffer, from: number): number {
  const at = bytes.indexOf(found, from)
  if (at < 0) throw malformed()
  return at + found.length
}

const malformed = () => new Refusal('malformed_body')
