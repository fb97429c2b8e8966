// Apps that hold something of a person: refresh tokens, or their consent. What they hold is the engine's, which rooms don't call: the
// composition root hands this in.
import type { App } from '#apps/app.ts'
import type { Caller } from '#kernel/caller.ts'
import type { Instant } from '#kernel/instant.ts'

export interface ConnectedApp {
  readonly app: Pick<App, 'id' | 'label' | 'logo'>
  /** What it may do, in words where a server has some. */
  readonly scopes: readonly string[]
  readonly since: Instant
  /** Undefined where it was only consented to. */
  readonly lastUsed: Instant | undefined
}

export interface ConnectedApps {
  /** Of the person who asks, in the order of labels. */
  list(caller: Caller): Promise<readonly ConnectedApp[]>
  /** Ends whatever the app holds of the person who asks. @throws {Refusal} not_found for an app that holds nothing of them */
  disconnect(caller: Caller, appId: string): Promise<void>
}
