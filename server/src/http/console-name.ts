// Ways that lead to the Admin Console from where it is not: `{org}-admin.…`, which people know from Okta, and `/admin` at the org's own
// origin where the console has another.
import type { FastifyInstance } from 'fastify'
import type { Edge } from './mount.ts'

const ADMIN_PATH = /^\/admin(?=[/?]|$)/
/** Whose first label ends in `-admin`. */
const ADMIN_NAME = /^[^.]*-admin\./i

/** Leads a GET on; whatever else is asked there finds nothing. To be called before routes are mounted. */
export function leadToConsole(server: FastifyInstance, edge: Pick<Edge, 'resolveHost'>): void {
  server.addHook('onRequest', async (request, reply) => {
    const isConsolePath = ADMIN_PATH.test(request.url)
    if (request.method !== 'GET' || !(isConsolePath || ADMIN_NAME.test(request.host))) return undefined
    const host = await edge.resolveHost(request.host)
    const isElsewhere =
      host?.role === 'console-name' || (host?.role === 'canonical' && isConsolePath && host.consoleUrl !== host.orgUrl)
    if (!host || !isElsewhere) return undefined
    return reply
      .header('cache-control', 'no-store')
      .redirect(`${host.consoleUrl}${isConsolePath ? request.url : '/admin/'}`, 302)
  })
}
