import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserWords, describeUserAgent } from './user-agent.ts'

const MOZILLA = 'Mozilla/5.0'
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'

const CASES: readonly [header: string, os: string, browser: string, device: string][] = [
  [`${MOZILLA} (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/126.0 Safari/537.36`, 'Windows 10', 'CHROME', 'Computer'],
  [`${MOZILLA} (Windows NT 10.0) ${WEBKIT} Chrome/126.0 Safari/537.36 Edg/126.0`, 'Windows 10', 'EDGE', 'Computer'],
  [`${MOZILLA} (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0`, 'Linux', 'FIREFOX', 'Computer'],
  [
    `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15`,
    'Mac OS X',
    'SAFARI',
    'Computer',
  ],
  [
    `${MOZILLA} (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1`,
    'iOS (iPhone)',
    'SAFARI',
    'Mobile',
  ],
  [
    `${MOZILLA} (Linux; Android 14; Pixel 8) ${WEBKIT} Chrome/126.0 Mobile Safari/537.36`,
    'Android',
    'CHROME',
    'Mobile',
  ],
  [`${MOZILLA} (Linux; Android 14; SM-X910) ${WEBKIT} Chrome/126.0 Safari/537.36`, 'Android', 'CHROME', 'Tablet'],
  [`${MOZILLA} (X11; Linux x86_64) ${WEBKIT} HeadlessChrome/126.0 Safari/537.36`, 'Linux', 'CHROME', 'Computer'],
  ['okta-sdk-nodejs/7.1.0 node/20.11.0 Linux/6.1', 'Linux', 'UNKNOWN', 'Computer'],
  ['curl/8.5.0', 'Unknown', 'UNKNOWN', 'Unknown'],
  ['', 'Unknown', 'UNKNOWN', 'Unknown'],
]

for (const [header, os, browser, device] of CASES) {
  test(`"${header.slice(0, 70)}" is ${browser} on ${os}, a ${device}`, () => {
    assert.deepEqual(describeUserAgent(header), { os, browser, device })
  })
}

test('people read the browser and the system, as far as they are known', () => {
  assert.equal(
    browserWords(`${MOZILLA} (X11; Linux x86_64) ${WEBKIT} HeadlessChrome/126.0 Safari/537.36`),
    'Chrome on Linux',
  )
  assert.equal(browserWords('okta-sdk-nodejs/7.1.0 node/20.11.0 Linux/6.1'), 'An unknown browser on Linux')
  assert.equal(browserWords(''), 'An unknown browser')
})
