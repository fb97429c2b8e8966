/** What is wrong with a base URI: it is an origin, without path, query or user name. The server says the same in fewer words. */
export function baseUriProblem(text: string): string | undefined {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return "Write it as 'https://host' or 'http://localhost:8080'."
  if (url.username !== '' || url.password !== '') return 'It must not carry a user name or password.'
  return /^https?:\/\/[^/?#]+\/?$/i.test(text) ? undefined : `Only the origin counts: ${url.origin}`
}
