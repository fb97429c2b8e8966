// Signing out is no operation of the API: it ends the console's session and the person's own.
import { readRefusal, unreachable } from '../ui/api-error.ts'

/** Goes to the sign-in page. @throws {ApiError} */
export async function signOut(): Promise<void> {
  const response = await fetch('/admin/sign-out', { method: 'POST', headers: { 'x-keystead-console': '1' } }).catch(
    (cause: unknown) => {
      throw unreachable(cause)
    },
  )
  if (!response.ok) throw await readRefusal(response)
  window.location.assign('/')
}
