// The peer that is measured beside Keystead: oidc-provider in a process of its own.
import { fork } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { createRequire } from 'node:module'
import { COMPILE_CACHE } from '../scripts/project.mjs'
import { endWithUs, untilReady } from './child.ts'
import type { Started, Subject } from './subject.ts'

/** What the parent asks of the peer's process. */
export interface ToPeer {
  readonly families: number
}

export type FromPeer =
  | { readonly kind: 'ready'; readonly url: string }
  | ({ readonly kind: 'prepared' } & Pick<Subject, 'spa' | 'service'>)

export interface StartedPeer extends Started {
  prepare(families: number): Promise<Subject>
}

export const PEER_DISCOVERY = '/.well-known/openid-configuration'

/** Made before the peer starts, since Keystead has its keys when it starts again. */
export function newPeerKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'bench' })
}

export async function startPeer(jwk: string): Promise<StartedPeer> {
  const child = fork(new URL('peer-server.ts', import.meta.url), {
    execArgv: [],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE, BENCH_PEER_JWK: jwk },
  })
  const stop = endWithUs(child)
  let url = ''
  const told = new Promise<void>((resolve) => {
    child.once('message', (message: FromPeer) => {
      if (message.kind === 'ready') url = message.url
      resolve()
    })
  })
  const pid = await untilReady(child, 'oidc-provider', told)
  const prepare = (families: number) =>
    new Promise<Subject>((resolve, reject) => {
      child.once('exit', () => reject(new Error('oidc-provider ended while it was prepared.')))
      child.once('message', (message: FromPeer) => {
        if (message.kind !== 'prepared') return
        const { spa, service } = message
        const paths = { tokenPath: '/token', discoveryPath: PEER_DISCOVERY }
        resolve({ name: 'oidc-provider', url, pid, stop, ...paths, spa, service, people: [] })
      })
      child.send({ families } satisfies ToPeer)
    })
  return { url, pid, stop, prepare }
}

/** `name version`, as it is installed. */
export function peerVersion(): string {
  const { name, version } = createRequire(import.meta.url)('oidc-provider/package.json')
  return `${name} ${version}`
}
