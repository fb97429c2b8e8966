// What no route answers: a path that nobody has, or one that is asked by a method that it does not have.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '#kernel/refusal.ts'
import { type Edge, serve } from './mount.ts'
import { renderRefusal } from './render-refusal.ts'
import type { Route } from './route.ts'

/** Answers whatever the given routes don't, in the same order of checks. */
export function mountUnknown(server: FastifyInstance, edge: Edge, routes: readonly Route[]): void {
  const known = [...Map.groupBy(routes, ({ url }) => url)].map(([url, specs]) => ({
    segments: url.split('/'),
    methods: [...new Set(specs.map(({ method }) => method)), 'OPTIONS'],
  }))

  /** The methods of a path; none for one that nobody has. */
  function methodsOf(path: string): readonly string[] {
    const asked = path.split('/')
    const matching = known.filter(
      ({ segments }) =>
        segments.length === asked.length &&
        segments.every((part, n) => part === asked[n] || isParameter(part, asked[n])),
    )
    return [...new Set(matching.flatMap(({ methods }) => methods))]
  }

  const answer = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const path = request.url.split('?', 1)[0] ?? '/'
    const methods = methodsOf(path)
    const refusal = new Refusal(methods.length > 0 ? 'method_not_supported' : 'path_not_found')
    const spec: Route = {
      method: 'GET',
      url: path,
      zone: 'none',
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
    return serve(edge, FAULT, request, reply, error)
  })
}

const isParameter = (part: string, asked: string | undefined): boolean => part.startsWith(':') && asked !== ''

/** What fails outside of any route, as a preflight or a page of the console. */
const FAULT: Route = {
  method: 'GET',
  url: '(outside of any route)',
  zone: 'none',
  bucket: 'unmetered',
  alias: true,
  summary: 'What failed outside of any route',
  handler: () => {
    throw new Refusal('internal')
  },
}
