// A few words about the `User-Agent` header for people who read the log. Nothing is decided on them.

export interface UserAgentWords {
  readonly os: string
  readonly browser: string
  readonly device: 'Computer' | 'Mobile' | 'Tablet' | 'Unknown'
}

type Table = readonly (readonly [RegExp, string])[]

// Order matters: almost every browser also names the ones that it descends from.
const BROWSERS: Table = [
  [/\bEdgi?A?(?:OS)?\//i, 'EDGE'],
  [/\bOPR\/|\bOpera\b/i, 'OPERA'],
  [/\bSamsungBrowser\//i, 'SAMSUNG_INTERNET'],
  [/\bFirefox\/|\bFxiOS\//i, 'FIREFOX'],
  [/\bHeadlessChrome\/|\bChrome\/|\bCriOS\//i, 'CHROME'],
  [/\bVersion\/[\d.]+.*\bSafari\//i, 'SAFARI'],
]

const SYSTEMS: Table = [
  [/\bWindows Phone\b/i, 'Windows Phone'],
  [/\bWindows NT 10\b/i, 'Windows 10'],
  [/\bWindows\b/i, 'Windows'],
  [/\biPad\b/i, 'iPadOS'],
  [/\biPhone\b|\biPod\b/i, 'iOS (iPhone)'],
  [/\bAndroid\b/i, 'Android'],
  [/\bMac OS X\b|\bMacintosh\b/i, 'Mac OS X'],
  [/\bCrOS\b/i, 'Chrome OS'],
  [/\bLinux\b/i, 'Linux'],
]

export function describeUserAgent(text: string): UserAgentWords {
  const os = find(SYSTEMS, text)
  return { os: os ?? 'Unknown', browser: find(BROWSERS, text) ?? 'UNKNOWN', device: deviceOf(text, os) }
}

const BROWSER_NAMES: Readonly<Record<string, string>> = {
  EDGE: 'Edge',
  OPERA: 'Opera',
  SAMSUNG_INTERNET: 'Samsung Internet',
  FIREFOX: 'Firefox',
  CHROME: 'Chrome',
  SAFARI: 'Safari',
}

/** `Chrome on Windows 10`: for people, who know what they have. */
export function browserWords(text: string): string {
  const { os, browser } = describeUserAgent(text)
  const name = BROWSER_NAMES[browser] ?? 'An unknown browser'
  return os === 'Unknown' ? name : `${name} on ${os}`
}

const find = (table: Table, text: string): string | undefined => table.find(([pattern]) => pattern.test(text))?.[1]

function deviceOf(text: string, os: string | undefined): UserAgentWords['device'] {
  if (os === undefined) return 'Unknown'
  if (os === 'iPadOS' || /\bTablet\b/i.test(text) || (os === 'Android' && !/\bMobile\b/i.test(text))) return 'Tablet'
  return os === 'Android' || os === 'iOS (iPhone)' || os === 'Windows Phone' ? 'Mobile' : 'Computer'
}
