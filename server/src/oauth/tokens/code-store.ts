// Authorization codes: kept as hashes, claimed by one statement, remembered after their use so that a replay ends what they gave.
import type { OrgDb } from '#db/org-db.ts'
import type { AuthorizationCodeRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { HOUR, type Instant, instant, later } from '#kernel/instant.ts'
import type { Lifetimes } from '../policy.ts'
import { configIs, configVersion } from './config-version-query.ts'
import { endGrants } from './end-grants.ts'
import type { Grant } from './grant.ts'
import { type Holder, insertGrant } from './grant-store.ts'
import { insertRefreshToken } from './refresh-store.ts'

export interface AuthorizationCode {
  readonly appId: string
  readonly userId: string
  readonly serverId: string
  readonly sessionId: string | undefined
  readonly redirectUri: string
  readonly challenge: string | undefined
  readonly nonce: string | undefined
  readonly scopes: readonly string[]
  readonly amr: readonly string[]
  readonly acr: string | undefined
  readonly authenticated: Instant
  readonly created: Instant
  readonly expires: Instant
  readonly lifetimes: Lifetimes
  /** The grant that came of it; undefined while it was not used. */
  readonly grantId: string | undefined
}

export function* insertCode(tx: OrgDb, codeHash: string, code: AuthorizationCode): Unit<void> {
  yield* run(
    tx.insert('authorization_code', {
      code_hash: codeHash,
      app_id: code.appId,
      user_id: code.userId,
      server_id: code.serverId,
      session_id: code.sessionId ?? null,
      redirect_uri: code.redirectUri,
      challenge: code.challenge ?? null,
      nonce: code.nonce ?? null,
      scopes: code.scopes.join(' '),
      amr: code.amr.join(' '),
      acr: code.acr ?? null,
      authenticated: code.authenticated,
      created: code.created,
      expires: code.expires,
      lifetimes: JSON.stringify({ v: 1, ...code.lifetimes }),
      grant_id: null,
    }),
  )
}

export interface FoundCode {
  readonly code: AuthorizationCode
  /** The org's version at this moment: a request decided on another one is decided again. */
  readonly configVersion: number
}

export function* findCode(tx: OrgDb, codeHash: string): Unit<FoundCode | undefined> {
  const row = yield* first(
    tx.from('authorization_code').selectAll().select(configVersion(tx)).where('code_hash', '=', codeHash),
  )
  return row && { code: toCode(row), configVersion: row.config_version }
}

/** An exchange that came before its code's end may have to wait, and takes the code when it has ended. */
const EXCHANGES_LAST = HOUR

/** Takes back the codes that somebody could still use, as part of ending the access of a person or an app. */
export function* deleteUnusedCodes(tx: OrgDb, { userId, appId }: Holder, now: Instant): Unit<void> {
  const ended = later(now, -EXCHANGES_LAST)
  let deletion = tx.deleteFrom('authorization_code').where('expires', '>', ended).where('grant_id', 'is', null)
  if (userId !== undefined) deletion = deletion.where('user_id', '=', userId)
  if (appId !== undefined) deletion = deletion.where('app_id', '=', appId)
  yield* run(deletion)
}

export interface Exchange {
  readonly codeHash: string
  readonly grant: Grant
  /** Hash of the first refresh token, where one is due. */
  readonly refreshHash: string | undefined
  readonly now: Instant
  readonly configVersion: number
}

export type ExchangeOutcome = 'claimed' | 'stale' | 'gone' | 'replayed'

/**
 * Claims the code and writes what it gives. A second use revokes that (RFC 6749 §4.1.2); `stale`: the configuration has changed since
 * the request was decided, so decide again.
 */
export function* exchangeCode(
  tx: OrgDb,
  { codeHash, grant, refreshHash, now, configVersion: decidedOn }: Exchange,
): Unit<ExchangeOutcome> {
  const claimed = yield* first(
    tx
      .update('authorization_code')
      .set({ grant_id: grant.id })
      .where('code_hash', '=', codeHash)
      .where('grant_id', 'is', null)
      .where('expires', '>', now)
      .where(configIs(tx, decidedOn))
      .returning('code_hash'),
  )
  if (claimed) {
    yield* insertGrant(tx, grant)
    if (refreshHash !== undefined)
      yield* insertRefreshToken(tx, {
        tokenHash: refreshHash,
        grantId: grant.id,
        generation: grant.generation,
        created: now,
      })
    return 'claimed'
  }
  const code = (yield* findCode(tx, codeHash))?.code
  if (code?.grantId !== undefined) {
    yield* endGrants(tx, { id: code.grantId }, now)
    return 'replayed'
  }
  return code && code.expires > now ? 'stale' : 'gone'
}

/** Codes are remembered for a while after their end, so that a replay still ends what they gave. @returns how many rows went */
export function* deleteOldCodes(tx: OrgDb, expiredBefore: Instant, most: number): Unit<number> {
  const old = tx.from('authorization_code').select('code_hash').where('expires', '<', expiredBefore).limit(most)
  return (yield* all(tx.deleteFrom('authorization_code').where('code_hash', 'in', old).returning('code_hash'))).length
}

const toCode = (row: AuthorizationCodeRow): AuthorizationCode => ({
  appId: row.app_id,
  userId: row.user_id,
  serverId: row.server_id,
  sessionId: row.session_id ?? undefined,
  redirectUri: row.redirect_uri,
  challenge: row.challenge ?? undefined,
  nonce: row.nonce ?? undefined,
  scopes: row.scopes.split(' ').filter(Boolean),
  amr: row.amr.split(' ').filter(Boolean),
  acr: row.acr ?? undefined,
  authenticated: instant(row.authenticated),
  created: instant(row.created),
  expires: instant(row.expires),
  lifetimes: JSON.parse(row.lifetimes) as Lifetimes,
  grantId: row.grant_id ?? undefined,
})
