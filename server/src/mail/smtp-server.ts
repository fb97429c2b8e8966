// A mail server as the settings name it.
export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** `implicit`: from the first byte. `required`: STARTTLS, or nothing is sent. `offered`: STARTTLS where the server has it. */
  readonly tls: 'implicit' | 'required' | 'offered'
  readonly user: string | undefined
  readonly password: string | undefined
}
