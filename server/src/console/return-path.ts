// Where the console goes on after its sign-in: a page of its own and nothing else, whatever the address says.
import { CALLBACK_PATH, CONSOLE_PATH, SIGN_IN_PATH, SIGN_OUT_PATH } from './console-url.ts'

/** What a cookie can carry beside the rest. */
const LENGTH_MAX = 1_000
const NO_PAGES = [SIGN_IN_PATH, CALLBACK_PATH, SIGN_OUT_PATH]
/** Browsers drop some of them before they read the rest. */
const CONTROL = /\p{Cc}/u
const ANY_ORIGIN = 'http://console.invalid'

/** Path, query and fragment in the spelling of browsers; the console's front page for what leads anywhere else. */
export function returnPath(asked: string | null): string {
  if (asked === null || asked.length > LENGTH_MAX || CONTROL.test(asked) || !asked.isWellFormed()) return CONSOLE_PATH
  // One slash at the beginning, and no sign that browsers read as one.
  const url = /^\/(?![/\\])[^\\]*$/.test(asked) ? URL.parse(asked, ANY_ORIGIN) : null
  if (url?.origin !== ANY_ORIGIN || !url.pathname.startsWith(CONSOLE_PATH) || url.href.length > 2 * LENGTH_MAX)
    return CONSOLE_PATH
  return NO_PAGES.includes(url.pathname) ? CONSOLE_PATH : `${url.pathname}${url.search}${url.hash}`
}
