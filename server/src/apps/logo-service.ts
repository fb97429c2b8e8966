// Logos of apps: uploaded by administrators, shown to everybody, sign-in pages included.
import type { Caller } from '#kernel/caller.ts'
import { notFound } from '#kernel/refusal.ts'
import { changeConfig } from '#orgs/service.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { appChanged } from './app-events.ts'
import { isLogoHash, type Logo, type LogoName, readLogo } from './logo.ts'
import { replaceLogo, selectLogo } from './logo-store.ts'
import { existingApp } from './service.ts'
import { updateApp } from './store.ts'

/** In the place of the one that the app had. @throws {Refusal} not_found, validation_failed, payload_too_large */
export async function uploadLogo(deps: Deps, caller: Caller, appId: string, content: Uint8Array): Promise<LogoName> {
  const now = deps.now()
  const logo = readLogo(content)
  const { hash, type } = logo
  return changeConfig(deps, caller, function* (tx) {
    const app = yield* existingApp(tx, appId)
    yield* updateApp(tx, { ...app, logo: { hash, type }, lastUpdated: now })
    yield* replaceLogo(tx, appId, logo)
    for (const entry of appChanged('update', app)) yield* logChange(tx, deps, caller, entry)
    return { hash, type }
  })
}

/** @throws {Refusal} not_found */
export async function getLogo(deps: Pick<Deps, 'db'>, caller: Caller, hash: string): Promise<Logo> {
  const logo = isLogoHash(hash) ? await deps.db.read(selectLogo(deps.db.for(caller.org), hash)) : undefined
  if (!logo) throw notFound(hash, 'Logo')
  return logo
}
