// What an action is called, what it does, and what it means for one's own account.
import type { PersonAction } from './person-actions.ts'

export interface ActionText {
  /** In the menu and on the button. */
  readonly label: string
  readonly title: (name: string) => string
  readonly what: string
  /** Where the person is the one who asks. */
  readonly own?: string
  readonly danger?: true
}

const SHUT_OUT =
  'This is your own account: you are signed out at once, and only another administrator can let you in again.'

export const ACTION_TEXTS: Readonly<Record<PersonAction, ActionText>> = {
  activate: {
    label: 'Activate',
    title: (name) => `Activate ${name}?`,
    what: 'They may sign in. Who has no password yet gets a link by which they choose one: it is shown to you, to hand over.',
  },
  activationLink: {
    label: 'Activation link',
    title: (name) => `Make an activation link for ${name}?`,
    what: 'They choose their first password with it and are active then. A link that was made before stops working.',
  },
  resetPassword: {
    label: 'Reset password',
    title: (name) => `Reset the password of ${name}?`,
    what: 'Their password stops working. You get a link to hand over, by which they choose another; once they have, they are signed out everywhere else.',
    own: 'This is your own account: keep the link. Without it you cannot sign in again.',
  },
  temporaryPassword: {
    label: 'Temporary password',
    title: (name) => `Give ${name} a temporary password?`,
    what: 'It replaces their password, is shown to you once, and has to be changed at the next sign-in.',
    own: 'This is your own account: keep the temporary password. Without it you cannot sign in again.',
  },
  expirePassword: {
    label: 'Expire password',
    title: (name) => `Expire the password of ${name}?`,
    what: 'At the next sign-in they give it once more and choose another. They stay signed in where they are.',
    own: 'This is your own account: you choose another password at your next sign-in.',
  },
  unlock: {
    label: 'Unlock',
    title: (name) => `Unlock ${name}?`,
    what: 'Too many wrong passwords locked this account. Their password works again, with all attempts given back.',
  },
  suspend: {
    label: 'Suspend',
    title: (name) => `Suspend ${name}?`,
    what: 'They cannot sign in, and are signed out everywhere, until they are unsuspended. Apps and groups stay.',
    own: SHUT_OUT,
    danger: true,
  },
  unsuspend: {
    label: 'Unsuspend',
    title: (name) => `Unsuspend ${name}?`,
    what: 'They may sign in again, with the apps and groups that they had.',
  },
  clearSessions: {
    label: 'Clear sessions',
    title: (name) => `Clear the sessions of ${name}?`,
    what: 'They are signed out of Keystead on every device, and sign in again with their password. Apps that hold tokens keep them, unless you say so.',
    own: 'This is your own account: you are signed out here, too.',
    danger: true,
  },
  revokeTokens: {
    label: 'Revoke tokens',
    title: (name) => `Revoke the tokens of ${name}?`,
    what: 'Every refresh token that apps hold of them stops working, with the access tokens that came of it. Their sessions with Keystead stay.',
    danger: true,
  },
  deactivate: {
    label: 'Deactivate',
    title: (name) => `Deactivate ${name}?`,
    what: 'They cannot sign in, are signed out everywhere, and lose the apps that were assigned to them one by one and their API tokens. Activating brings the person back, not the assignments.',
    own: SHUT_OUT,
    danger: true,
  },
  delete: {
    label: 'Delete',
    title: (name) => `Delete ${name}?`,
    what: 'The person, their password, groups, assignments and tokens are gone for good. The System Log keeps what they did.',
    own: SHUT_OUT,
    danger: true,
  },
}
