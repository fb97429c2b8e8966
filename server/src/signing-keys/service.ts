// Makes, loads and opens the keys that servers sign with. The org's own server and each custom one have their own.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { DAY, HOUR, type Instant, later } from '#kernel/instant.ts'
import { open, seal } from '#kernel/secret.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import type { SeedContext } from '#orgs/service.ts'
import type { NewKey, PublicJwk, Signer } from '#signing/signer.ts'
import type { Deps } from '../deps.ts'
import { publishedKeys, type SigningKey } from './signing-key.ts'
import { deleteSigningKey, deleteSigningKeys, findSigningKeys, insertSigningKey, setKeyState } from './store.ts'

/** No token lives longer than a day; another node may sign with the former key for a moment more. */
const LONGEST_TOKEN_MILLISECONDS = DAY + HOUR

/** Gives a server its first key. */
export const addFirstKey = (tx: OrgDb, context: SeedContext, serverId: string, key: NewKey): Unit<void> =>
  addKey(tx, context, serverId, key, 'ACTIVE')

/** Publishes the key that will sign after the next rotation. */
export const addNextKey = (tx: OrgDb, context: SeedContext, serverId: string, key: NewKey): Unit<void> =>
  addKey(tx, context, serverId, key, 'NEXT')

/**
 * The next key signs from now on, and the one that signed stays published until its last token has ended. The first of the new keys is
 * published as the next one; a server that has none yet begins to sign with it, and publishes the second.
 */
export function* rotateKeys(
  tx: OrgDb,
  context: SeedContext,
  serverId: string,
  [first, second]: readonly [NewKey, NewKey | undefined],
): Unit<void> {
  const { now } = context
  const keys = (yield* findSigningKeys(tx)).filter((key) => key.serverId === serverId)
  for (const key of keys) {
    if (key.state === 'ACTIVE')
      yield* setKeyState(tx, { ...key, state: 'RETIRED', expires: later(now, LONGEST_TOKEN_MILLISECONDS) })
    else if (key.expires !== undefined && key.expires <= now) yield* deleteSigningKey(tx, key)
  }
  const next = keys.find(({ state }) => state === 'NEXT')
  if (next) yield* setKeyState(tx, { ...next, state: 'ACTIVE' })
  else yield* addFirstKey(tx, context, serverId, first)
  const following = next ? first : second
  if (following) yield* addNextKey(tx, context, serverId, following)
}

export const removeKeys = (tx: OrgDb, serverId: string): Unit<void> => deleteSigningKeys(tx, serverId)

function* addKey(
  tx: OrgDb,
  { org, now, random }: SeedContext,
  serverId: string,
  key: NewKey,
  state: SigningKey['state'],
): Unit<void> {
  const place = keyPlace(org.id, key.kid)
  const sealedPrivate = seal(org.dataKey, place, key.privatePem, random)
  yield* insertSigningKey(tx, {
    serverId,
    kid: key.kid,
    state,
    created: now,
    expires: undefined,
    jwk: key.jwk,
    sealedPrivate,
  })
}

/** By server id, newest first. */
export function* loadSigningKeys(tx: OrgDb): Unit<ReadonlyMap<string, readonly SigningKey[]>> {
  return Map.groupBy(yield* findSigningKeys(tx), (key) => key.serverId)
}

/** What a server signs with. @throws Error when it has none */
export function activeKeyOf(config: OrgConfig, serverId: string): SigningKey {
  const key = config.signingKeys.get(serverId)?.find((candidate) => candidate.state === 'ACTIVE')
  if (!key) throw new Error(`server ${serverId} has no active signing key`)
  return key
}

/** The signer of a server's active key. @throws Error when it has none */
export function signerOf(deps: Pick<Deps, 'signers'>, config: OrgConfig, serverId: string): Signer {
  const key = activeKeyOf(config, serverId)
  return deps.signers.for(key.kid, () => {
    const pem = open([config.org.dataKey], keyPlace(config.org.id, key.kid), key.sealedPrivate)
    if (pem === undefined) throw new Error(`signing key ${key.kid} does not open`)
    return pem
  })
}

/** What a server publishes now, and what its tokens are checked with; empty for an unknown server. */
export const publicKeysOf = (config: OrgConfig, serverId: string, now: Instant): readonly PublicJwk[] =>
  publishedKeys(config.signingKeys.get(serverId) ?? [], now)

const keyPlace = (org: string, kid: string) => [org, 'signing_key', 'sealed_private', kid]
