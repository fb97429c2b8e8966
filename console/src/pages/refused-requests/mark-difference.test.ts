import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { TextPart } from '../../ui/marked-text.tsx'
import { markDifference } from './mark-difference.ts'

const CALLBACK = 'https://app.example.com/callback'

/** In the expectations what is marked stands in braces. */
const PAIRS: readonly [sent: string, registered: string, markedSent: string, markedRegistered: string][] = [
  [CALLBACK, CALLBACK, CALLBACK, CALLBACK],
  [`${CALLBACK}/`, CALLBACK, `${CALLBACK}{/}`, `${CALLBACK}{}`],
  [CALLBACK, `${CALLBACK}/`, `${CALLBACK}{}`, `${CALLBACK}{/}`],
  ['https://a.example', 'https://a.example/', 'https://a.example{}', 'https://a.example{/}'],
  ['http://a.example/cb', 'https://a.example/cb', '{http}://a.example/cb', '{https}://a.example/cb'],
  ['http://localhost:3000/cb', 'http://localhost:8080/cb', 'http://localhost{:3000}/cb', 'http://localhost{:8080}/cb'],
  ['http://localhost:3000', 'http://localhost:8080', 'http://localhost{:3000}', 'http://localhost{:8080}'],
  ['http://[::1]:3000/cb', 'http://[::1]:8080/cb', 'http://[::1]{:3000}/cb', 'http://[::1]{:8080}/cb'],
  ['https://a.example:8443/cb', 'https://a.example/cb', 'https://a.example{:8443}/cb', 'https://a.example{}/cb'],
  ['http://127.0.0.1:80/cb', 'http://localhost:80/cb', 'http://{127.0.0.1}:80/cb', 'http://{localhost}:80/cb'],
  [
    'https://www.example.com/cb',
    'https://shop.example.com/cb',
    'https://{www}.example.com/cb',
    'https://{shop}.example.com/cb',
  ],
  ['https://example.com/cb', 'https://www.example.com/cb', 'https://{}example.com/cb', 'https://{www.}example.com/cb'],
  [
    'https://app.example.com/calback',
    CALLBACK,
    'https://app.example.com/cal{}back',
    'https://app.example.com/cal{l}back',
  ],
  [
    'https://app.example.com/Callback',
    CALLBACK,
    'https://app.example.com/{C}allback',
    'https://app.example.com/{c}allback',
  ],
  [
    'https://APP.example.com/callback',
    CALLBACK,
    'https://{APP}.example.com/callback',
    'https://{app}.example.com/callback',
  ],
  [
    'https://app.example.com/login/callback',
    CALLBACK,
    'https://app.example.com/{login/}callback',
    'https://app.example.com/{}callback',
  ],
  [
    'https://app.example.com/signed-in',
    CALLBACK,
    'https://app.example.com/{signed-in}',
    'https://app.example.com/{callback}',
  ],
  [`${CALLBACK}?a=1`, CALLBACK, `${CALLBACK}{?a=1}`, `${CALLBACK}{}`],
  [`${CALLBACK}?a=1`, `${CALLBACK}?a=2`, `${CALLBACK}?a={1}`, `${CALLBACK}?a={2}`],
  [`${CALLBACK}#/home`, CALLBACK, `${CALLBACK}{#/home}`, `${CALLBACK}{}`],
  [
    'http://app.example.com:3000/callback/',
    CALLBACK,
    '{http}://app.example.com{:3000}/callback{/}',
    '{https}://app.example.com{}/callback{}',
  ],
  ['https://me@a.example/cb', 'https://a.example/cb', 'https://{me@}a.example/cb', 'https://{}a.example/cb'],
  ['com.example.app:/callback', 'com.example.app:/cb', 'com.example.app:/{callback}', 'com.example.app:/{cb}'],
  [
    'https://pr-7.example.com/x',
    'https://*.example.com/cb',
    'https://pr-7.example.com/{x}',
    'https://*.example.com/{cb}',
  ],
  ['', CALLBACK, '{}', `{${CALLBACK}}`],
  ['null', 'https://a.example', '{null}', '{https://a.example}'],
]

const braced = (parts: readonly TextPart[]): string =>
  parts.map(({ text, isMarked }) => (isMarked ? `{${text}}` : text)).join('')

describe('the difference of two URIs', () => {
  for (const [sent, registered, markedSent, markedRegistered] of PAIRS)
    test(`"${sent}" beside ${registered}`, () => {
      const marked = markDifference(sent, registered)
      assert.deepEqual([braced(marked.sent), braced(marked.registered)], [markedSent, markedRegistered])
    })

  test('whatever is compared, no character is lost or added', () => {
    const texts = [...PAIRS.flat(), '://', 'a:b:c', '//x:y@z', '?#', '::']
    for (const sent of texts)
      for (const registered of texts) {
        const marked = markDifference(sent, registered)
        const together = (parts: readonly TextPart[]) => parts.map(({ text }) => text).join('')
        assert.deepEqual([together(marked.sent), together(marked.registered)], [sent, registered])
        const isMarked = (parts: readonly TextPart[]) => parts.some((part) => part.isMarked)
        if (sent === registered) assert.ok(!isMarked(marked.sent))
      }
  })
})
