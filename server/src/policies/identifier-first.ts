// Whether people say who they are on a page of its own, before they prove it (spec of sign-in: 3.5, 6.2). Pure.
import { isForSomebody } from './choose-policy.ts'
import { memberOf, type Policies } from './policy.ts'

/**
 * Where any rule that lets somebody in leaves open what they prove first. It is asked of all policies at once: nobody is known yet, and
 * the answer must not tell who would be.
 */
export const asksIdentifierFirst = (policies: Policies): boolean =>
  (policies.get('OKTA_SIGN_ON') ?? []).some(
    (policy) =>
      (policy.system || policy.status === 'ACTIVE') &&
      policy.rules.some((rule) => {
        const { access, primaryFactor } = memberOf(rule.actions, 'signon')
        const isOpen = access === 'ALLOW' && primaryFactor === 'PASSWORD_IDP_ANY_FACTOR'
        return isOpen && rule.status === 'ACTIVE' && isForSomebody(rule)
      }),
  )
