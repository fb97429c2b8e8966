// Signing out is no operation of the API: it ends the console's session and the person's own.
import { post } from './client.ts'
import { announceSignOut } from './session-owner.ts'

/** Goes to the sign-in page. @throws {ApiError} */
export async function signOut(): Promise<void> {
  await post('/admin/sign-out')
  announceSignOut()
  window.location.assign('/')
}
