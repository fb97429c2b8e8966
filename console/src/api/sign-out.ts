import { call } from './client.ts'

/** Ends the console's session and the person's own, and goes to the sign-in page. @throws {ApiError} */
export async function signOut(): Promise<void> {
  await call('POST /admin/sign-out')
  window.location.assign('/')
}
