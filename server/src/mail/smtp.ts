// The door to a mail server, over nodemailer: a connection for each attempt, which ends with it. An attempt takes three minutes at most,
// less than the lease of a mail; what is under way then is torn off, so that nothing arrives that was said to have failed. How many
// are under way at once is the sender's to say.
import { createTransport } from 'nodemailer'
import type { MailDoor } from '../deps.ts'
import { oneLine } from './mail.ts'
import { MailRefused, type OutgoingMail } from './outgoing-mail.ts'
import type { SmtpServer } from './smtp-server.ts'

const CONNECT_MILLISECONDS = 10_000
const SILENCE_MILLISECONDS = 30_000
const ATTEMPT_MILLISECONDS = 180_000

export function smtpDoor(
  { host, port, tls, user, password }: SmtpServer,
  attemptMilliseconds = ATTEMPT_MILLISECONDS,
): MailDoor {
  const closing = new AbortController()
  const transport = createTransport({
    host,
    port,
    // `smtps:` speaks TLS from the first byte; `smtp:` takes it where the server offers it, and must where a password is sent elsewhere.
    secure: tls === 'implicit',
    requireTLS: tls === 'required',
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: CONNECT_MILLISECONDS,
    greetingTimeout: CONNECT_MILLISECONDS,
    socketTimeout: SILENCE_MILLISECONDS,
    // Destroyed, and not ended: a server must not get the rest of what was given up, nor a process that stops wait for its goodbye.
    socketCloseTimeout: 0,
    // What a mail says comes from templates and people: none of it names a file or an address to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(mail) {
      const late = new AbortController()
      const timer = setTimeout(() => late.abort(), attemptMilliseconds)
      const signal = AbortSignal.any([late.signal, closing.signal])
      try {
        await transport.sendMail({ ...messageOf(mail), signal })
      } catch (error) {
        if (signal.aborted)
          throw Object.assign(new Error('given up'), { code: late.signal.aborted ? 'ETIMEDOUT' : 'ECLOSED' })
        throw isFinal(error) ? new MailRefused(String(error.responseCode), { cause: error }) : withCode(error)
      } finally {
        clearTimeout(timer)
      }
    },
    close: () => closing.abort(),
  }
}

const messageOf = ({ from, to, subject, html, text, messageId }: OutgoingMail) => ({
  from: oneLine(from),
  // An address and not a list: a comma or a name in it is no second recipient.
  to: { name: '', address: oneAddress(to) },
  subject: oneLine(subject),
  messageId: oneLine(messageId),
  html,
  text,
  // RFC 3834 §5: nobody's absence note answers it.
  headers: { 'Auto-Submitted': 'auto-generated' },
})

/** @throws {MailRefused} for what is no single address */
function oneAddress(to: string): string {
  if (!/^[^\s@<>,;:"()[\]\\\p{Cc}]{1,64}@[^\s@<>,;:"()\\\p{Cc}]{1,255}$/u.test(to)) throw new MailRefused('address')
  return to
}

/** RFC 5321 §4.2.1: 5yz of the envelope or the message stays so. A wrong password is the operator's to mend, and the mail can wait. */
function isFinal(error: unknown): error is { readonly responseCode: number } {
  if (typeof error !== 'object' || error === null || !('code' in error && 'responseCode' in error)) return false
  const isOfTheMail = error.code === 'EENVELOPE' || error.code === 'EMESSAGE'
  return isOfTheMail && typeof error.responseCode === 'number' && error.responseCode >= 500
}

/** A 4yz is told by its number, which says more than nodemailer's word. */
function withCode(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || !('responseCode' in error)) return error
  return Object.assign(new Error('the mail server refused', { cause: error }), { code: String(error.responseCode) })
}
