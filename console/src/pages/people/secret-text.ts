// What is said beside a link or a password that is handed over.
export type Secret = 'activationLink' | 'resetLink' | 'temporaryPassword'

interface SecretText {
  readonly title: string
  /** What is copied. */
  readonly label: string
  readonly explanation: string
}

export function secretText(secret: Secret, name: string): SecretText {
  switch (secret) {
    case 'activationLink':
      return {
        title: `Activation link for ${name}`,
        label: 'activation link',
        explanation: `Nothing is mailed: give this link to ${name} yourself, by a way that only they read. With it they choose their password and are active. It is good for 7 days and for one use, and until a newer one is made.`,
      }
    case 'resetLink':
      return {
        title: `Reset link for ${name}`,
        label: 'reset link',
        explanation: `Nothing is mailed: give this link to ${name} yourself, by a way that only they read. With it they choose another password. It is good for 1 hour and for one use, and until a newer one is made.`,
      }
    case 'temporaryPassword':
      return {
        title: `Temporary password of ${name}`,
        label: 'temporary password',
        explanation: `Give it to ${name} by a way that only they read. It opens nothing but the step in which they choose their own.`,
      }
  }
}
