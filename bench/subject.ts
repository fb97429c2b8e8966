// A server under load, prepared: the same of Keystead and of its peer.
export interface Subject {
  readonly name: string
  readonly url: string
  readonly pid: number
  readonly tokenPath: string
  readonly discoveryPath: string
  /** A public client, and a refresh token for each connection, every one of an authorization of its own. */
  readonly spa: { readonly clientId: string; readonly refreshTokens: readonly string[] }
  readonly service: ServiceClient
  /** People who sign in with a password; none where the server knows no passwords. */
  readonly people: readonly Person[]
  stop(): Promise<void>
}

export interface ServiceClient {
  readonly clientId: string
  readonly secret: string
  readonly scope: string
}

export interface Person {
  readonly login: string
  readonly password: string
}

/** A server that has just said that it is ready. */
export interface Started {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

export const SCOPES = 'openid profile email offline_access'
export const SERVICE_SCOPE = 'bench.read'
