// `/admin`: the console's page for whoever has a session of the console, the way to its sign-in for anybody else. Its files tell nothing
// and are everybody's.
import { type Answer, redirect } from '#http/answer.ts'
import { consoleCookieName } from '#http/console-cookies.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import { type ConsoleFile, type ConsoleFiles, decideCoding, FRONT_PAGE, isKnown } from './console-files.ts'
import { CONSOLE_PATH, consoleUrlOf, SIGN_IN_PATH } from './console-url.ts'
import { consoleActor } from './service.ts'

// Mantine writes style attributes.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
const ASSETS = 'assets/'

export function consolePageRoutes(deps: Deps, files: ConsoleFiles): readonly Route[] {
  const page = {
    method: 'GET',
    zone: 'none',
    bucket: 'unmetered',
    console: true,
    hidden: true,
    summary: 'The Admin Console',
  } as const
  return [
    route({ ...page, url: '/admin', handler: (call) => showPage(deps, call, files) }),
    route({
      ...page,
      url: `${CONSOLE_PATH}*`,
      handler: (call) => {
        const name = call.params['*'] ?? ''
        const file = name === FRONT_PAGE ? undefined : files.get(name)
        if (file) return showFile(call, file)
        if (name.startsWith(ASSETS)) throw new Refusal('path_not_found')
        return showPage(deps, call, files)
      },
    }),
  ]
}

async function showPage(deps: Deps, call: Call, files: ConsoleFiles): Promise<Answer> {
  const { org, orgUrl } = call.caller
  const cookie = call.cookies.get(consoleCookieName(consoleUrlOf(deps.settings, orgUrl)))
  if (cookie === undefined || !(await consoleActor(deps, org, cookie)))
    return redirect(`${SIGN_IN_PATH}?${new URLSearchParams({ to: call.path })}`, 302)
  const file = files.get(FRONT_PAGE)
  if (file) {
    const answer = showFile(call, file)
    // Going back after a sign-out asks us again, and is led to the sign-in; a kept page would be shown without a question.
    return { ...answer, headers: { ...answer.headers, 'cache-control': 'no-store' } }
  }
  const bytes = Buffer.from('The console is not built here: `npm run build` makes it.\n')
  return { status: 404, file: { type: 'text/plain; charset=utf-8', bytes } }
}

function showFile({ headers }: Call, { type, immutable, codings }: ConsoleFile): Answer {
  const accepted = headers['accept-encoding']
  const coding = decideCoding(codings.keys(), accepted === undefined ? undefined : String(accepted)) ?? 'identity'
  const coded = codings.get(coding)
  if (!coded) throw new Refusal('path_not_found')
  const common = {
    etag: coded.etag,
    'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-security-policy': POLICY,
    'referrer-policy': 'no-referrer',
    ...(codings.size > 1 ? { vary: 'Accept-Encoding' } : {}),
  }
  if (isKnown(coded.etag, String(headers['if-none-match'] ?? ''))) return { status: 304, headers: common }
  const encoded = coding === 'identity' ? {} : { 'content-encoding': coding }
  return { status: 200, headers: { ...common, ...encoded }, file: { type, bytes: coded.bytes } }
}
