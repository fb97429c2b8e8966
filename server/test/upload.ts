// A form with a file, as SDKs send it.

const BOUNDARY = '2fbf490c49b098ff1b3b'

export function uploadOf(
  content: string | Buffer,
  name = 'file',
): { readonly raw: Buffer; readonly headers: { readonly 'content-type': string } } {
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"; filename="x.png"\r\nContent-Type: image/png\r\n\r\n`
  const raw = Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${BOUNDARY}--\r\n`)])
  return { raw, headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` } }
}
