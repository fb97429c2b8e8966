const API = '/api/v1/'

/** Whether a path that the API named is one of the API's own, and nothing else: no other host, no way out of it, no query. */
export function isApiPath(path: string): boolean {
  const url = URL.parse(path, 'http://any')
  return url !== null && url.origin === 'http://any' && url.pathname === path && path.startsWith(API)
}
