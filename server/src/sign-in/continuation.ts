// What a suspended request becomes once it is known who is there. `server.ts` registers one for each kind; the engine's is one of them.
import type { Answer } from '#http/answer.ts'
import type { Call } from '#http/route.ts'
import type { Session } from '#sessions/session.ts'
import type { ContinuationKind, Interaction } from './interaction.ts'

export interface PageFacts {
  /** What the person signs in to. */
  readonly appLabel?: string | undefined
  readonly appId?: string | undefined
  /** The custom server that the app has asked. */
  readonly serverId?: string | undefined
  readonly loginHint?: string | undefined
  /** Said above the form: what has just come about. */
  readonly note?: string | undefined
  /** Where the answer to the form may lead: the origin of the validated redirect URI. */
  readonly formActionOrigins: readonly string[]
  /** Who may frame the page: nobody, unless the org trusts an origin with that. */
  readonly frameAncestors: readonly string[]
}

export interface Continuation {
  resume(call: Call, interaction: Interaction, session: Session): Promise<Answer>
  /** @throws what the request would be refused with now */
  describe(call: Call, interaction: Interaction): Promise<PageFacts>
  /** Shows a refusal of its own kind; undefined for any other error. */
  refuse?(error: unknown, call: Call): Answer | undefined
}

export type Continuations = Readonly<Record<ContinuationKind, Continuation>>
