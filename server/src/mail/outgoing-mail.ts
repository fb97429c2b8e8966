// A mail as it leaves, and the one way in which that can fail for good.

export interface OutgoingMail {
  /** `Name <address>`. */
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The same at each attempt, so that what arrives twice can be told to be one. */
  readonly messageId: string
}

/** The server will never take this mail. `code` may be shown and logged. */
export class MailRefused extends Error {
  readonly code: string

  constructor(code: string, options?: ErrorOptions) {
    super(`the mail was refused: ${code}`, options)
    this.name = 'MailRefused'
    this.code = code
  }
}
