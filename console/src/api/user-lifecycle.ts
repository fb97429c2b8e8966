// What administrators do to a person's state, password and sessions.
import { call } from './client.ts'
import { refreshUsers } from './users.ts'

const PLAIN = {
  activate: 'POST /api/v1/users/{id}/lifecycle/activate',
  deactivate: 'POST /api/v1/users/{id}/lifecycle/deactivate',
  suspend: 'POST /api/v1/users/{id}/lifecycle/suspend',
  unsuspend: 'POST /api/v1/users/{id}/lifecycle/unsuspend',
  unlock: 'POST /api/v1/users/{id}/lifecycle/unlock',
  expirePassword: 'POST /api/v1/users/{id}/lifecycle/expire_password',
} as const
export type PlainAction = keyof typeof PLAIN

export async function changeStatus(id: string, action: PlainAction): Promise<void> {
  await call(PLAIN[action], { params: { id } })
  await refreshUsers()
}

/** The link by which they choose their first password; undefined for someone who has one. `again` for those who wait for it already. */
export async function activationLink(id: string, { again }: { readonly again: boolean }): Promise<string | undefined> {
  const operation = again
    ? 'POST /api/v1/users/{id}/lifecycle/reactivate'
    : 'POST /api/v1/users/{id}/lifecycle/activate'
  const { activationUrl } = await call(operation, { params: { id }, query: { sendEmail: false } })
  await refreshUsers()
  return activationUrl
}

/** Takes the password away; the answer is the link by which they choose another. */
export async function resetPassword(id: string): Promise<string> {
  const operation = 'POST /api/v1/users/{id}/lifecycle/reset_password'
  const { resetPasswordUrl } = await call(operation, { params: { id }, query: { sendEmail: false } })
  await refreshUsers()
  if (resetPasswordUrl === undefined) throw new Error('the link was mailed, though it was asked for here')
  return resetPasswordUrl
}

export async function temporaryPassword(id: string): Promise<string> {
  const operation = 'POST /api/v1/users/{id}/lifecycle/expire_password_with_temp_password'
  const { tempPassword } = await call(operation, { params: { id } })
  await refreshUsers()
  return tempPassword
}

/** @param oauthTokens whether what apps hold of them ends, too */
export async function clearSessions(id: string, oauthTokens: boolean): Promise<void> {
  await call('DELETE /api/v1/users/{id}/sessions', { params: { id }, query: { oauthTokens } })
  await refreshUsers()
}
