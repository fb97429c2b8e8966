// What a use case costs at the doors to the database, the hasher and the mail.
import type { Db } from '#db/db.ts'
import type { Unit } from '#db/unit.ts'
import type { Deps } from '../src/deps.ts'

export interface Work {
  reads: number
  writes: number
  statements: number
  hashes: number
  mails: number
}

export function countWork(deps: Deps): { readonly deps: Deps; readonly work: Work } {
  const work: Work = { reads: 0, writes: 0, statements: 0, hashes: 0, mails: 0 }
  const { db, hasher } = deps
  const watched: Db = {
    ...db,
    read(unit) {
      work.reads++
      return db.read(counted(unit, work))
    },
    write(make, options) {
      work.writes++
      return db.write(() => counted(make(), work), options)
    },
  }
  const verify: typeof hasher.verify = (password, stored) => {
    work.hashes++
    return hasher.verify(password, stored)
  }
  return { deps: { ...deps, db: watched, hasher: { ...hasher, verify } }, work }
}

function* counted<T>(unit: Unit<T>, work: Work): Unit<T> {
  let step = unit.next()
  while (!step.done) {
    work.statements++
    if (step.value.sql.startsWith('insert into "mail"')) work.mails++
    step = unit.next(yield step.value)
  }
  return step.value
}
