// A route is data: where, for whom, under which CORS zone, and one call of a service. `mount.ts` turns it into a listener.
import type { Static, TSchema } from 'typebox'
import type { Caller } from '#kernel/caller.ts'
import type { Instant } from '#kernel/instant.ts'
import type { Permission } from '#kernel/permission.ts'
import type { Answer } from './answer.ts'
import type { RequestCookies } from './cookies.ts'
import type { CorsZone } from './cors.ts'
import type { RateBucket } from './rate-limit.ts'

export interface Call<Body = unknown> {
  readonly caller: Caller
  /** The origin of the registered host that was asked: the org's own, or an alias'. */
  readonly hostOrigin: string
  readonly method: string
  /** What a request presents is judged as of then, however long it waits here. */
  readonly arrived: Instant
  /** Path and query as asked for. */
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** Validated JSON; a form is `URLSearchParams`. */
  readonly body: Body
  /** What an upload brought. */
  readonly file?: Uint8Array
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly cookies: RequestCookies
  /** The `Origin` header. */
  readonly origin: string | undefined
}

export interface Route<Body extends TSchema = TSchema> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly zone: CorsZone
  readonly bucket: RateBucket | 'unmetered'
  /** Whether a request of nobody proves in the route's own tongue who sends it, so that it is no stranger's. Uses nothing up. */
  readonly isProven?: (call: Call) => Promise<boolean>
  /** What the caller's role must grant; absent for what anybody may ask. */
  readonly permission?: Permission | 'authenticated'
  /** The session cookie may say who is calling. */
  readonly cookie?: true
  /** The body is a form (`application/x-www-form-urlencoded`); others are JSON. */
  readonly form?: true
  /** The body is a form with a file in the part of this name (`multipart/form-data`). */
  readonly upload?: string
  readonly body?: Body
  /** The JSON of a success: described, the console's types come of it, and tests hold every answer to it. */
  readonly answer?: TSchema
  /** Served under the org's alias hosts too, which are for machines. */
  readonly alias?: true
  /** Of the Admin Console: served at its origin alone, which may be another than the org's. */
  readonly console?: true
  /** Said in the OpenAPI description. */
  readonly summary: string
  readonly hidden?: true
  /** Renders an error in another tongue than Okta's; undefined leaves it to the common one. */
  readonly refuse?: (error: unknown, call: Call) => Answer | undefined | Promise<Answer | undefined>
  handler(call: Call<Static<Body>>): Promise<Answer> | Answer
}

/** Keeps the body's type between schema and handler. */
export const route = <Body extends TSchema>(spec: Route<Body>): Route => spec as unknown as Route
