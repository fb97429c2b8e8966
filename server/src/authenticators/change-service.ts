// What becomes of factors that are there. As for enrolling, whoever calls has made sure of the person.
import type { Caller } from '#kernel/caller.ts'
import { notFound } from '#kernel/refusal.ts'
import { queueMail } from '#mail/service.ts'
import { logChange } from '#system-log/service.ts'
import { sealNotice } from '#users/notice-mail-service.ts'
import type { User } from '#users/user.ts'
import type { Factor } from './factor.ts'
import { factorChanged, factorsReset } from './factor-events.ts'
import { sealSecret } from './factor-secret.ts'
import { factorName } from './offers.ts'
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

/** With its event and a mail that tells the person, unless nobody had activated it; where it was proved, no browser is remembered. @throws {Refusal} not_found, forbidden */
export async function removeFactor(deps: FactorDoors, caller: Caller, user: User, factorId: string): Promise<void> {
  const tx = deps.db.for(caller.org)
  const known = (await deps.db.read(selectFactors(tx, user.id))).find(({ factor }) => factor.id === factorId)?.factor
  const notice =
    known?.status === 'ACTIVE'
      ? await sealNotice(deps, caller, 'factor-reset', user, { factorName: factorName(known) })
      : undefined
  await deps.db.write(function* () {
    yield* assertCallerMayChange(tx, caller, user.id)
    const factor = yield* deleteFactor(tx, user.id, factorId)
    if (!factor) throw notFound(factorId, 'UserFactor')
    if (factor.status !== 'ACTIVE') return
    yield* deps.devices.forget(tx, user.id)
    yield* logChange(tx, deps, caller, factorChanged(caller, 'deactivate', user, factor))
    if (notice) yield* queueMail(tx, notice)
  })
  if (notice) deps.outbox.expect(caller.org)
}

/** All of them, and the browsers that are remembered, with one event and one mail; nothing where there is none. @throws {Refusal} not_found, forbidden */
export async function resetFactors(deps: FactorDoors, caller: Caller, user: User): Promise<void> {
  const tx = deps.db.for(caller.org)
  const known = await deps.db.read(selectFactors(tx, user.id))
  const isTold = known.some(({ factor }) => factor.status === 'ACTIVE')
  const notice = isTold ? await sealNotice(deps, caller, 'factor-reset', user) : undefined
  await deps.db.write(function* () {
    yield* assertCallerMayChange(tx, caller, user.id)
    const factors = yield* deleteFactors(tx, user.id)
    yield* deps.devices.forget(tx, user.id)
    if (factors.length > 0) yield* logChange(tx, deps, caller, factorsReset(caller, user, factors))
    if (notice && factors.some(({ status }) => status === 'ACTIVE')) yield* queueMail(tx, notice)
  })
  if (notice) deps.outbox.expect(caller.org)
}
