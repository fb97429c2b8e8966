// Who the person is to the org, and their password.
import type { Route } from '#http/route.ts'
import { passwordRequirements } from '#policies/password-rules.ts'
import { updateUser } from '#users/change-service.ts'
import { passwordPolicyOfUser } from '#users/new-password-service.ts'
import { changePassword } from '#users/password-service.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { pathOf } from './dashboard-path.ts'
import { done, faultOf, pageRoutes, type SubmittedVisit, showPage, type Visit } from './page-routes.ts'
import { passwordPage } from './pages/password-page.ts'
import { profilePage } from './pages/profile-page.ts'

const OWN = ['firstName', 'lastName', 'mobilePhone'] as const

export function profileRoutes(deps: Deps): readonly Route[] {
  const { show, change } = pageRoutes(deps)
  return [
    show(pathOf('profile'), "The person's profile", (visit) => showProfile(deps, visit, visit.user.profile)),
    change(pathOf('profile'), 'Change what people may change of themselves', (visit) => saveProfile(deps, visit)),
    show(pathOf('password'), 'The form for a new password', (visit) => showPassword(deps, visit, { endsOthers: true })),
    change(pathOf('password'), 'Change the password', (visit) => savePassword(deps, visit)),
  ]
}

function showProfile(deps: Deps, visit: Visit, values: User['profile'], error?: string) {
  const { profile } = visit.user
  const own = (name: (typeof OWN)[number]) => textOf(values[name])
  const facts = { email: textOf(profile.email), firstName: own('firstName'), lastName: own('lastName') }
  return showPage(
    deps,
    visit,
    (shell) => profilePage({ ...shell, ...facts, mobilePhone: own('mobilePhone') }),
    error === undefined ? {} : { error },
  )
}

async function saveProfile(deps: Deps, visit: SubmittedVisit) {
  const { caller, form } = visit
  const profile = Object.fromEntries(OWN.map((name) => [name, (form.get(name) ?? '').trim()]))
  try {
    await updateUser(deps, caller, 'me', { mode: 'own', profile })
  } catch (error) {
    return showProfile(deps, visit, profile, faultOf(error, 'validation_failed'))
  }
  return done(pathOf('profile'), 'profile')
}

async function showPassword(
  deps: Deps,
  visit: Visit,
  { endsOthers, error }: { readonly endsOthers: boolean; readonly error?: string },
) {
  const { user, caller } = visit
  const policy = await passwordPolicyOfUser(deps, caller, user.id)
  const rules = user.hasPassword && policy.actions.mayChange ? passwordRequirements(policy) : undefined
  return showPage(
    deps,
    visit,
    (shell) => passwordPage({ ...shell, rules, endsOthers }),
    error === undefined ? {} : { error },
  )
}

async function savePassword(deps: Deps, visit: SubmittedVisit) {
  const { caller, session, form } = visit
  const field = (name: string) => form.get(name) ?? ''
  const endsOthers = field('endOthers') === 'true'
  const again = (error: string) => showPassword(deps, visit, { endsOthers, error })
  const newPassword = field('newPassword')
  if (newPassword !== field('repeated')) return again('The two new passwords are not the same.')
  try {
    await changePassword(deps, caller, 'me', {
      oldPassword: field('oldPassword'),
      newPassword,
      revokeSessions: endsOthers,
      keptSessionId: session.id,
    })
  } catch (error) {
    return again(faultOf(error, 'credentials_update_failed', 'change_password_not_allowed'))
  }
  return done(pathOf('password'), endsOthers ? 'password-others' : 'password')
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
