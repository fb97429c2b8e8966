// The root keys of a start: what the settings name, else a key file beside the SQLite database.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readSecretList, type Settings } from './config.ts'
import type { RandomBytes } from './kernel/id.ts'
import { randomToken, type SecretKey } from './kernel/secret.ts'

/** `KEYSTEAD_SECRET`, or with SQLite a key file beside the database, made at the first start. */
export function rootKeysOf({ database, secrets }: Settings, random: RandomBytes): readonly SecretKey[] {
  if (!database.startsWith('sqlite:')) return secrets ?? []
  const file = database.slice('sqlite:'.length)
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (secrets) return secrets
  const keyFile = join(folder, 'keystead.key')
  if (!existsSync(keyFile)) {
    if (existsSync(file))
      throw new Error(
        `${keyFile} is missing, and ${file} can't be read without it: put it back, or set KEYSTEAD_SECRET to what it held`,
      )
    // On disk before anything is sealed with it.
    writeFileSync(keyFile, `${randomToken(random)}\n`, { mode: 0o600, flag: 'wx', flush: true })
  }
  chmodSync(keyFile, 0o600)
  return readSecretList(readFileSync(keyFile, 'utf8').trim(), keyFile)
}
