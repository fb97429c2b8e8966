// A mail server for tests: takes everything, and hands out what came.
import { linksOf } from '#mail/mail-links.ts'
import type { OutgoingMail } from '#mail/outgoing-mail.ts'
import type { MailDoor } from '../src/deps.ts'

export interface CaughtMail extends OutgoingMail {
  /** Of the HTML in its order, then of the text. */
  readonly links: readonly string[]
}

export interface MailCatcher {
  readonly door: MailDoor
  /** What has come and was not taken yet. */
  take(address?: string): readonly CaughtMail[]
}

export function mailCatcher(): MailCatcher {
  let caught: readonly CaughtMail[] = []
  return {
    door: {
      async send(mail) {
        caught = [...caught, { ...mail, links: linksOf(mail) }]
      },
      close: () => undefined,
    },
    take(address) {
      const isAsked = ({ to }: CaughtMail) => address === undefined || to === address
      const taken = caught.filter(isAsked)
      caught = caught.filter((mail) => !isAsked(mail))
      return taken
    },
  }
}
