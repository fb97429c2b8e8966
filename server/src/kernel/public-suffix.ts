// A deliberately small part of the Public Suffix List: what is needed to refuse a wildcard under which strangers own names. Under a
// suffix missing here a wildcard is as dangerous as the administrator's choice of host, and no worse.

// Registries that sell names one level down, as in `co.uk` and `com.au`.
const SECOND_LEVELS = new Set(
  'ac co com edu go gob gouv gov gv id in info ltd me mil ne net nhs nom or org plc sch'.split(' '),
)

// Hosts of platforms where anybody gets a name.
const SHARED_HOSTS = new Set([
  'amazonaws.com',
  'amplifyapp.com',
  'appspot.com',
  'azurestaticapps.net',
  'azurewebsites.net',
  'blogspot.com',
  'bitbucket.io',
  'cloudapp.net',
  'cloudfront.net',
  'deno.dev',
  'duckdns.org',
  'firebaseapp.com',
  'fly.dev',
  'github.dev',
  'github.io',
  'githubpreview.dev',
  'gitlab.io',
  'glitch.me',
  'herokuapp.com',
  'loca.lt',
  'myshopify.com',
  'netlify.app',
  'ngrok.app',
  'ngrok.io',
  'ngrok-free.app',
  'nip.io',
  'now.sh',
  'onrender.com',
  'pages.dev',
  'railway.app',
  'repl.co',
  'replit.app',
  'run.app',
  'sslip.io',
  'stackblitz.io',
  'surge.sh',
  'trycloudflare.com',
  'vercel.app',
  'web.app',
  'webflow.io',
  'windows.net',
  'workers.dev',
])

/** Whether strangers can own names directly below this host (`com`, `co.uk`, `github.io`). Expects lower case, no trailing dot. */
export function isPublicSuffix(host: string): boolean {
  const [first = '', second, ...rest] = host.split('.')
  if (second === undefined) return true
  return SHARED_HOSTS.has(host) || (rest.length === 0 && second.length === 2 && SECOND_LEVELS.has(first))
}
