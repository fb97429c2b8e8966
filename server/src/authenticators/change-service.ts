// What becomes of factors that are there. As for enrolling, whoever calls has made sure of the person.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { notFound } from '#kernel/refusal.ts'
import { logChange } from '#system-log/service.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import type { Factor } from './factor.ts'
import { factorChanged, factorsReset } from './factor-events.ts'
import { sealSecret } from './factor-secret.ts'
import { assertCallerMayChange } from './pending-factor.ts'
import { answerKey, checkQuestion } from './question.ts'
import type { FactorDoors } from './service.ts'
import { deleteFactor, deleteFactors, replaceSecret, selectFactors } from './store.ts'

/** Another question or answer in the place of the old. @throws {Refusal} not_found, validation_failed, forbidden */
export async function changeQuestion(
  deps: FactorDoors,
  caller: Caller,
  user: User,
  factorId: string,
  { question, answer }: { readonly question: string; readonly answer: string },
): Promise<Factor> {
  const { org } = await deps.config.get(caller.org)
  const profile = checkQuestion(question, answer, user.login)
  const hash = await deps.hasher.hash(answerKey(answer))
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  return deps.db.write(function* () {
    yield* assertCallerMayChange(tx, caller, user.id)
    const stored = (yield* selectFactors(tx, user.id)).find(({ factor }) => factor.id === factorId)
    if (stored?.factor.kind !== 'question') throw notFound(factorId, 'UserFactor')
    const factor = { ...stored.factor, profile, lastUpdated: now }
    const sealed = sealSecret(org, factor, hash, deps.random)
    yield* replaceSecret(tx, { ...stored, factor, sealed })
    yield* logChange(tx, deps, caller, factorChanged(caller, 'update', user, factor))
    return factor
  })
}

/** With its event, unless nobody had activated it. @throws {Refusal} not_found, forbidden */
export function* removeFactor(
  tx: OrgDb,
  deps: Pick<Deps, 'now' | 'random'>,
  caller: Caller,
  user: User,
  factorId: string,
): Unit<void> {
  yield* assertCallerMayChange(tx, caller, user.id)
  const factor = yield* deleteFactor(tx, user.id, factorId)
  if (!factor) throw notFound(factorId, 'UserFactor')
  if (factor.status === 'ACTIVE') yield* logChange(tx, deps, caller, factorChanged(caller, 'deactivate', user, factor))
}

/** All of them, with one event; nothing where there is none. @throws {Refusal} not_found, forbidden */
export function* resetFactors(tx: OrgDb, deps: Pick<Deps, 'now' | 'random'>, caller: Caller, user: User): Unit<void> {
  yield* assertCallerMayChange(tx, caller, user.id)
  const factors = yield* deleteFactors(tx, user.id)
  if (factors.length > 0) yield* logChange(tx, deps, caller, factorsReset(caller, user, factors))
}
