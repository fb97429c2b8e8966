// What is measured: how each kind of request is made, and which answers to it are right.
import type { Answer, Connection } from './load.ts'
import type { Subject } from './subject.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const JSON_BODY = { 'content-type': 'application/json', accept: 'application/json' }

export interface Scenario {
  readonly name: string
  /** The clients of this kind; none where the server has nothing to answer them with. */
  connections(subject: Subject, count: number): readonly Connection[]
}

const refresh: Scenario = {
  name: 'refresh',
  connections: ({ tokenPath, spa }, count) =>
    spa.refreshTokens.slice(0, count).map((first) => {
      let token = first
      return {
        next: () => ({ method: 'POST', path: tokenPath, headers: FORM, body: refreshForm(spa.clientId, token) }),
        check(answer) {
          const { access_token, id_token, refresh_token } = okay(answer)
          if (!isJwt(access_token) || !isJwt(id_token)) throw new Error('a refresh gave no access token or no ID token')
          if (typeof refresh_token !== 'string' || refresh_token === token)
            throw new Error('a refresh gave no new refresh token')
          token = refresh_token
        },
      }
    }),
}

const refreshForm = (client_id: string, refresh_token: string): string =>
  new URLSearchParams({ grant_type: 'refresh_token', client_id, refresh_token }).toString()

const clientCredentials: Scenario = {
  name: 'client-credentials',
  connections({ tokenPath, service }, count) {
    const basic = Buffer.from(`${service.clientId}:${service.secret}`).toString('base64')
    const headers = { ...FORM, authorization: `Basic ${basic}` }
    const body = new URLSearchParams({ grant_type: 'client_credentials', scope: service.scope }).toString()
    return alike(count, {
      next: () => ({ method: 'POST', path: tokenPath, headers, body }),
      check(answer) {
        if (!isJwt(okay(answer).access_token)) throw new Error('client credentials gave no access token')
      },
    })
  },
}

/** People sign in by turns: how often one name may be tried is limited for good. */
const signIn: Scenario = {
  name: 'sign-in',
  connections({ people }, count) {
    if (people.length === 0) return []
    let turn = 0
    return alike(count, {
      next() {
        const { login: username, password } = people[turn++ % people.length] ?? { login: '', password: '' }
        return {
          method: 'POST',
          path: '/api/v1/authn',
          headers: JSON_BODY,
          body: JSON.stringify({ username, password }),
        }
      },
      check(answer) {
        if (okay(answer).status !== 'SUCCESS') throw new Error('a sign-in did not succeed')
      },
    })
  },
}

const discovery: Scenario = {
  name: 'discovery',
  connections: ({ discoveryPath }, count) =>
    alike(count, {
      next: () => ({ method: 'GET', path: discoveryPath }),
      check(answer) {
        if (typeof okay(answer).token_endpoint !== 'string') throw new Error('discovery names no token endpoint')
      },
    }),
}

export const SCENARIOS: readonly Scenario[] = [refresh, clientCredentials, signIn, discovery]

const alike = (count: number, connection: Connection): readonly Connection[] =>
  Array.from({ length: count }, () => connection)

function okay({ status, body }: Answer): Readonly<Record<string, unknown>> {
  if (status !== 200) throw new Error(`${status}: ${body}`)
  return JSON.parse(body)
}

const isJwt = (value: unknown): boolean => typeof value === 'string' && value.split('.').length === 3
