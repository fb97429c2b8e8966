// Codes out of the mails that the fixture has caught.
import type { Fixture } from './fixture.ts'
import type { CaughtMail } from './mail-catcher.ts'

const seen = new WeakMap<Fixture, CaughtMail[]>()

/** Every mail so far, in order. */
export async function allMails(fixture: Fixture): Promise<readonly CaughtMail[]> {
  const before = seen.get(fixture) ?? []
  const all = [...before, ...(await fixture.mails())]
  seen.set(fixture, all)
  return all
}

/** The six digits of the newest mail that has any; empty where there is none. */
export async function lastCode(fixture: Fixture): Promise<string> {
  const texts = (await allMails(fixture)).map(({ text }) => /\b(\d{6})\b/.exec(text)?.[1])
  return texts.findLast((code) => code !== undefined) ?? ''
}
