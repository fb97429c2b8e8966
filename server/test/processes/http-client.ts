// Speaks to a process as the fixture speaks to a server of its own, so that the same stories can be told of both.
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Requester } from '../oauth-client.ts'
import { bodyOf, headersOf, parseJson } from '../request.ts'

export interface Place {
  /** Where the org stands; what a request names as its host, whatever port it goes to. */
  readonly url: string
  readonly port: number
  /** Sent where a request says nothing of a token. */
  readonly apiToken: string
}

export interface HttpClient extends Requester {
  close(): void
}

/** @returns what rejects a request whose answer did not arrive whole */
export function httpClient({ url, port, apiToken }: Place): HttpClient {
  const { host } = new URL(url)
  const agent = new Agent({ keepAlive: true })
  return {
    async request(method, path, options = {}) {
      const headers = headersOf(options, host, apiToken)
      const sent = request({ agent, host: '127.0.0.1', port, method, path, headers })
      sent.end(bodyOf(options))
      const [answer]: IncomingMessage[] = await once(sent, 'response')
      if (!answer) throw new Error('there is no answer')
      const body = await text(answer)
      const cookies = (answer.headers['set-cookie'] ?? []).map((line) => /^([^=]*)=([^;]*)/.exec(line) ?? [])
      return {
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        text: body,
        bytes: Buffer.from(body),
        json: parseJson(body),
        cookies: Object.fromEntries(cookies.map(([, name = '', value = '']) => [name, value])),
      }
    },
    close: () => agent.destroy(),
  }
}
