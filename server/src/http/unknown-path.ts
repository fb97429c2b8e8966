// What no route answers: a path that nobody has, or one that is asked by a method that it does not have.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '#kernel/refusal.ts'
import type { CorsZone } from './cors.ts'
import { type Edge, serve } from './mount.ts'
import { renderRefusal } from './render-refusal.ts'
import type { Route } from './route.ts'

/** Answers whatever the given routes don't, in the same order of checks. */
export function mountUnknown(server: FastifyInstance, edge: Edge, routes: readonly Route[]): void {
  const known = [...Map.groupBy(routes, ({ url }) => url)].map(([url, specs]) => ({
    segments: url.split('/'),
    url,
    zone: specs[0]?.zone ?? 'none',
    methods: [...new Set(specs.map(({ method }) => method)), 'OPTIONS'],
  }))

  /** The routes of a path, whatever their method; none for one that nobody has. */
  function matching(path: string) {
    const asked = path.split('/')
    return known.filter(
      ({ segments }) =>
        segments.length === asked.length &&
        segments.every((part, n) => part === asked[n] || isParameter(part, asked[n])),
    )
  }

  const answer = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const path = request.url.split('?', 1)[0] ?? '/'
    const found = matching(path)
    const methods = [...new Set(found.flatMap((one) => one.methods))]
    const refusal = new Refusal(methods.length > 0 ? 'method_not_supported' : 'path_not_found')
    const spec: Route = {
      method: 'GET',
      // The route and not the path, of which a part may be secret.
      url: found[0]?.url ?? path,
      zone: found[0]?.zone ?? 'none',
      bucket: path.startsWith('/api/') ? 'api' : 'unmetered',
      alias: true,
      summary: 'What no route answers',
      handler: () => {
        const { headers, ...rest } = renderRefusal(refusal, edge.random)
        // RFC 9110 §15.5.6
        return methods.length > 0 ? { ...rest, headers: { ...headers, allow: methods.join(', ') } } : rest
      },
    }
    return serve(edge, spec, request, reply)
  }

  server.setNotFoundHandler(answer)
  server.setErrorHandler((error, request, reply) => {
    // A body that can't be read is no news about a path that nobody has.
    if (request.is404) return answer(request, reply)
    const path = request.url.split('?', 1)[0] ?? '/'
    return serve(edge, faultAt(matching(path)[0]?.zone), request, reply, error)
  })
}

const isParameter = (part: string, asked: string | undefined): boolean => part.startsWith(':') && asked !== ''

/** What fails outside of any route, as a preflight or a page of the console; for whom the path's routes are. */
const faultAt = (zone: CorsZone = 'none'): Route => ({
  method: 'GET',
  url: '(outside of any route)',
  zone,
  bucket: 'unmetered',
  alias: true,
  summary: 'What failed outside of any route',
  handler: () => {
    throw new Refusal('internal')
  },
})
