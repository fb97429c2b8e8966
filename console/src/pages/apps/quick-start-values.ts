// What a snippet is made of: the values of one app, and the steps that use them.
export interface Step {
  readonly title: string
  /** File name or `shell`. */
  readonly where: string
  readonly code: string
}

export interface QuickStart {
  readonly id: string
  readonly label: string
  readonly steps: readonly Step[]
}

export interface Values {
  readonly issuer: string
  readonly clientId: string
  readonly redirectUri: string
  /** Path of the redirect URI. */
  readonly callback: string
  readonly signOutUri: string
  readonly scopes: string
  /** How openid-client calls the app's way to prove itself. */
  readonly authentication: 'ClientSecretBasic' | 'ClientSecretPost'
}

/** Where the app listens, as its redirect URI says. */
export const portOf = ({ redirectUri }: Values): string => URL.parse(redirectUri)?.port || '8080'
