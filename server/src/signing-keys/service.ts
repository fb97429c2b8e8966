// Makes, loads and opens the keys that servers sign with. The org's own server and each custom one have their own.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { open, seal } from '#kernel/secret.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import type { SeedContext } from '#orgs/service.ts'
import type { NewKey, Signer } from '#signing/signer.ts'
import type { Deps } from '../deps.ts'
import { publishedKeys, type SigningKey } from './signing-key.ts'
import { deleteSigningKeys, findSigningKeys, insertSigningKey } from './store.ts'

/** Gives a server its first key. */
export const addFirstKey = (tx: OrgDb, context: SeedContext, serverId: string, key: NewKey): Unit<void> =>
  addKey(tx, context, serverId, key, 'ACTIVE')

/** Publishes the key that will sign after the next rotation. */
export const addNextKey = (tx: OrgDb, context: SeedContext, serverId: string, key: NewKey): Unit<void> =>
  addKey(tx, context, serverId, key, 'NEXT')

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

/** The signer of a server's active key. @throws Error when it has none */
export function signerOf(deps: Pick<Deps, 'signers'>, config: OrgConfig, serverId: string): Signer {
  const key = config.signingKeys.get(serverId)?.find((candidate) => candidate.state === 'ACTIVE')
  if (!key) throw new Error(`server ${serverId} has no active signing key`)
  return deps.signers.for(key.kid, () => {
    const pem = open([config.org.dataKey], keyPlace(config.org.id, key.kid), key.sealedPrivate)
    if (pem === undefined) throw new Error(`signing key ${key.kid} does not open`)
    return pem
  })
}

export const publicKeysOf = (config: OrgConfig, serverId: string, now: ReturnType<Deps['now']>) =>
  publishedKeys(config.signingKeys.get(serverId) ?? [], now)

const keyPlace = (org: string, kid: string) => [org, 'signing_key', 'sealed_private', kid]
