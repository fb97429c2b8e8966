// The four platforms of the guide: what each is, for whom, and what a new app of it begins with.
import type { App } from '../../api/types.ts'

export type ApplicationType = App['settings']['oauthClient']['application_type']

export interface AppType {
  readonly type: ApplicationType
  /** As the guide writes it. */
  readonly title: string
  /** What later guides call it. */
  readonly laterTitle: string
  readonly sentence: string
  readonly example: string
  /** Whether its code runs where people can read it, so that it can keep no secret. */
  readonly isPublic: boolean
  readonly name: string
  readonly redirectUri: string
  readonly signOutUri: string
  readonly grants: readonly Grant[]
  readonly defaultGrants: readonly string[]
}

export interface Grant {
  readonly value: string
  readonly label: string
  readonly sentence: string
}

const CODE: Grant = {
  value: 'authorization_code',
  label: 'Authorization Code',
  sentence: 'A person signs in on the page of this org, and the app trades a code for tokens.',
}
const REFRESH: Grant = {
  value: 'refresh_token',
  label: 'Refresh Token',
  sentence: 'The app gets new tokens without asking the person again.',
}
const CLIENT: Grant = {
  value: 'client_credentials',
  label: 'Client Credentials',
  sentence: 'The app acts on its own behalf, without a person.',
}

export const APP_TYPES: readonly AppType[] = [
  {
    type: 'web',
    title: 'Web',
    laterTitle: 'Web Application',
    sentence: 'Its pages are made on a server of yours, which keeps a client secret.',
    example: 'Express, Next.js with a server, Spring, ASP.NET, Django',
    isPublic: false,
    name: 'My Web App',
    redirectUri: 'http://localhost:8080/authorization-code/callback',
    signOutUri: 'http://localhost:8080',
    grants: [CODE, REFRESH, CLIENT],
    defaultGrants: ['authorization_code'],
  },
  {
    type: 'browser',
    title: 'Single-Page App (SPA)',
    laterTitle: 'Single-Page Application',
    sentence: 'It runs in the browser and calls APIs from there, so it keeps no secret and proves itself with PKCE.',
    example: 'React, Angular, Vue, Blazor WebAssembly, Svelte',
    isPublic: true,
    name: 'My SPA',
    redirectUri: 'http://localhost:8080/login/callback',
    signOutUri: 'http://localhost:8080',
    grants: [CODE, REFRESH],
    defaultGrants: ['authorization_code', 'refresh_token'],
  },
  {
    type: 'native',
    title: 'Native',
    laterTitle: 'Native Application',
    sentence: 'It is installed on a phone or a computer and opens the browser to sign in.',
    example: 'iOS, Android, React Native, Electron, a command-line tool',
    isPublic: true,
    name: 'My Native App',
    redirectUri: 'com.example.app:/callback',
    signOutUri: 'com.example.app:/',
    grants: [CODE, REFRESH],
    defaultGrants: ['authorization_code', 'refresh_token'],
  },
  {
    type: 'service',
    title: 'Service',
    laterTitle: 'API Services',
    sentence: 'A machine talks to a machine; nobody signs in.',
    example: 'a nightly job, a daemon, one API that calls another',
    isPublic: false,
    name: 'My Service',
    redirectUri: '',
    signOutUri: '',
    grants: [CLIENT],
    defaultGrants: ['client_credentials'],
  },
]

/** @throws Error for a type that is none of the four */
export function appTypeOf(type: string | undefined): AppType {
  const found = APP_TYPES.find((one) => one.type === type)
  if (!found) throw new Error(`There is no platform ${type}.`)
  return found
}

export const isAppType = (type: string | undefined): type is ApplicationType =>
  APP_TYPES.some((one) => one.type === type)
