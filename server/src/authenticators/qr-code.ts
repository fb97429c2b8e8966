// A QR code as a picture: PNG for Okta's link, SVG for pages of our own. `qr` works out the squares (no dependencies, kept well, tested
// against other decoders); a picture of squares is written here in a few lines, where the older libraries bring a program and an image codec.
import { crc32, deflateSync } from 'node:zlib'
import encodeQR from 'qr'

/** Pixels of each side, as Okta's pictures have. */
const SIDE = 200
/** The quiet zone that the standard demands (ISO/IEC 18004 §9.1). */
const BORDER = 4

const squaresOf = (text: string): boolean[][] => encodeQR(text, 'raw', { ecc: 'low', border: BORDER })

/** An `<svg>` element of dark squares on white, which scales to any size. */
export function qrSvg(text: string): string {
  const squares = squaresOf(text)
  const path = squares.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  const side = squares.length
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${path}"/></svg>`
}

/** The same as the address of an image. */
export const qrDataUrl = (text: string): string =>
  `data:image/svg+xml;base64,${Buffer.from(qrSvg(text)).toString('base64')}`

/** 200 × 200 pixels, one bit each; larger where the text needs more squares than that. */
export function qrPng(text: string): Uint8Array {
  const squares = squaresOf(text)
  const scale = Math.max(1, Math.floor(SIDE / squares.length))
  const side = Math.max(SIDE, squares.length)
  const margin = Math.floor((side - squares.length * scale) / 2)
  const isDark = (x: number, y: number): boolean =>
    squares[Math.floor((y - margin) / scale)]?.[Math.floor((x - margin) / scale)] ?? false
  // Each line begins with its filter, which is none; a set bit is white.
  const bytes = Math.ceil(side / 8)
  const lines = Buffer.alloc(side * (bytes + 1))
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if (!isDark(x, y)) {
        const at = y * (bytes + 1) + 1 + (x >> 3)
        lines[at] = (lines[at] ?? 0) | (0x80 >> (x & 7))
      }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  // One bit of grey, and the only methods there are.
  header[8] = 1
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
