// The package brings no types: these are of what the bench uses.
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  interface Model {
    save(ttl?: number): Promise<string>
  }

  interface GrantModel extends Model {
    addOIDCScope(scope: string): void
    addResourceScope(resource: string, scope: string): void
  }

  export class Provider {
    constructor(issuer: string, configuration: object)
    callback(): (request: IncomingMessage, response: ServerResponse) => void
    readonly Client: { find(clientId: string): Promise<object | undefined> }
    readonly Grant: new (payload: {
      accountId: string
      clientId: string
    }) => GrantModel
    readonly RefreshToken: new (
      payload: object,
    ) => Model
  }
}
