// The check is the compiler's: a filter that names nothing would end what the whole org has.
import { test } from 'node:test'
import type { OrgDb } from '#db/org-db.ts'
import { instant } from '#kernel/instant.ts'
import { deleteUnusedCodes } from './code-store.ts'
import { deleteConsents } from './consent-store.ts'
import { endGrants } from './end-grants.ts'

test('whose tokens, codes and consents end has to be said', () => {
  const never = (tx: OrgDb) => [
    // @ts-expect-error
    endGrants(tx, {}, instant(0)),
    // @ts-expect-error
    endGrants(tx, { refreshable: true }, instant(0)),
    // @ts-expect-error
    deleteConsents(tx, {}),
    // @ts-expect-error
    deleteUnusedCodes(tx, {}, instant(0)),
  ]
  void never
})
