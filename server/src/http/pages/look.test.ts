import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { iconHref, styleSheet } from './look.ts'

type Scheme = ReadonlyMap<string, string>

function schemeAt(start: number): Scheme {
  const block = styleSheet.slice(start, styleSheet.indexOf('}', start))
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]+);/g)].map(([, name = '', value = '']) => [name, value]))
}

/** WCAG 2 relative luminance. */
function luminance(hex: string): number {
  const digits = hex.length === 4 ? hex.replaceAll(/[0-9a-f]/g, '$&$&') : hex
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(scheme: Scheme, one: string, other: string): number {
  const [a = 0, b = 0] = [one, other]
    .map((name) => luminance(scheme.get(name) ?? assert.fail(name)))
    .sort((x, y) => y - x)
  return (a + 0.05) / (b + 0.05)
}

const textPairs = [
  'ink card',
  'muted card',
  'ink page',
  'muted page',
  'ink quiet-over',
  'ink glow',
  'teal card',
  'teal-over card',
  'on-teal teal',
]
const text = [...textPairs, 'on-teal teal-over', 'teal quiet-over', 'bad bad-soft', 'bad card'].map((pair) => [
  pair,
  4.5,
])
const controls = ['edge card', 'teal card', 'bad card'].map((pair) => [pair, 3])

for (const [name, scheme] of [
  ['light', schemeAt(styleSheet.indexOf(':root'))],
  ['dark', schemeAt(styleSheet.indexOf(':root', styleSheet.indexOf('prefers-color-scheme: dark')))],
] as const) {
  describe(`the ${name} colours`, () => {
    for (const [pair, least] of [...text, ...controls]) {
      it(`keep ${pair} at ${least}:1`, () => {
        const [one = '', other = ''] = String(pair).split(' ')
        const ratio = contrast(scheme, one, other)
        assert.ok(ratio >= Number(least), ratio.toFixed(2))
      })
    }
  })
}

describe('the style sheet', () => {
  it('loads nothing and can not end its element', () => {
    assert.doesNotMatch(styleSheet, /url\(|@import|[<\n]/)
    assert.match(iconHref, /^data:image\/svg\+xml,%3Csvg/)
  })
})
