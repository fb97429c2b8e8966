import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Refusal } from '#kernel/refusal.ts'
import { USER_STATUSES, type UserStatus } from './user.ts'
import {
  decideTransition,
  initialStatus,
  LIFECYCLE_ACTIONS,
  type LifecycleAction,
  mayChangePassword,
  statusWithNewPassword,
} from './user-status.ts'

// For each action, each state: where it leads, `-` for nothing to do, or the refusal's code. A person with a password.
const TABLE: Record<LifecycleAction, Record<UserStatus, string>> = {
  activate: {
    STAGED: 'ACTIVE',
    PROVISIONED: 'user_already_active',
    ACTIVE: 'user_already_active',
    RECOVERY: 'user_already_active',
    PASSWORD_EXPIRED: 'user_already_active',
    LOCKED_OUT: 'user_already_active',
    SUSPENDED: 'user_already_active',
    DEPROVISIONED: 'ACTIVE',
  },
  reactivate: {
    STAGED: 'operation_not_allowed',
    PROVISIONED: '-',
    ACTIVE: 'operation_not_allowed',
    RECOVERY: 'PROVISIONED',
    PASSWORD_EXPIRED: 'operation_not_allowed',
    LOCKED_OUT: 'operation_not_allowed',
    SUSPENDED: 'operation_not_allowed',
    DEPROVISIONED: 'operation_not_allowed',
  },
  deactivate: {
    STAGED: 'DEPROVISIONED',
    PROVISIONED: 'DEPROVISIONED',
    ACTIVE: 'DEPROVISIONED',
    RECOVERY: 'DEPROVISIONED',
    PASSWORD_EXPIRED: 'DEPROVISIONED',
    LOCKED_OUT: 'DEPROVISIONED',
    SUSPENDED: 'DEPROVISIONED',
    DEPROVISIONED: '-',
  },
  suspend: {
    STAGED: 'validation_failed',
    PROVISIONED: 'validation_failed',
    ACTIVE: 'SUSPENDED',
    RECOVERY: 'validation_failed',
    PASSWORD_EXPIRED: 'validation_failed',
    LOCKED_OUT: 'validation_failed',
    SUSPENDED: 'validation_failed',
    DEPROVISIONED: 'validation_failed',
  },
  unsuspend: {
    STAGED: 'validation_failed',
    PROVISIONED: 'validation_failed',
    ACTIVE: 'validation_failed',
    RECOVERY: 'validation_failed',
    PASSWORD_EXPIRED: 'validation_failed',
    LOCKED_OUT: 'validation_failed',
    SUSPENDED: 'ACTIVE',
    DEPROVISIONED: 'validation_failed',
  },
  unlock: {
    STAGED: 'user_not_locked',
    PROVISIONED: 'user_not_locked',
    ACTIVE: 'user_not_locked',
    RECOVERY: 'user_not_locked',
    PASSWORD_EXPIRED: '-',
    LOCKED_OUT: 'ACTIVE',
    SUSPENDED: 'user_not_locked',
    DEPROVISIONED: 'user_not_locked',
  },
  expire_password: {
    STAGED: 'operation_not_allowed',
    PROVISIONED: 'operation_not_allowed',
    ACTIVE: 'PASSWORD_EXPIRED',
    RECOVERY: 'operation_not_allowed',
    PASSWORD_EXPIRED: '-',
    LOCKED_OUT: 'operation_not_allowed',
    SUSPENDED: 'operation_not_allowed',
    DEPROVISIONED: 'operation_not_allowed',
  },
}

function outcome(action: LifecycleAction, status: UserStatus, hasPassword = true): string {
  const transition = decideTransition(action, { status, hasPassword })
  if (transition.kind === 'move') return transition.to
  return transition.kind === 'stay' ? '-' : transition.refusal.code
}

describe('what may be done to a person', () => {
  for (const action of LIFECYCLE_ACTIONS) {
    test(`${action} leads from each state where the table says`, () => {
      const actual = Object.fromEntries(USER_STATUSES.map((status) => [status, outcome(action, status)]))
      assert.deepEqual(actual, TABLE[action])
    })
  }

  test('whoever has no password is provisioned, not active', () => {
    assert.equal(outcome('activate', 'STAGED', false), 'PROVISIONED')
    assert.equal(outcome('activate', 'DEPROVISIONED', false), 'PROVISIONED')
    assert.equal(outcome('expire_password', 'ACTIVE', false), 'operation_not_allowed')
  })

  test('no action leads out of deactivation but activation', () => {
    for (const action of LIFECYCLE_ACTIONS.filter((one) => one !== 'activate')) {
      assert.notEqual(outcome(action, 'DEPROVISIONED'), 'ACTIVE')
    }
  })
})

describe('a new password', () => {
  test('completes what waited for one and ends no lockout, suspension or deactivation', () => {
    assert.deepEqual(Object.fromEntries(USER_STATUSES.map((status) => [status, statusWithNewPassword(status)])), {
      STAGED: 'STAGED',
      PROVISIONED: 'ACTIVE',
      ACTIVE: 'ACTIVE',
      RECOVERY: 'ACTIVE',
      PASSWORD_EXPIRED: 'ACTIVE',
      LOCKED_OUT: 'LOCKED_OUT',
      SUSPENDED: 'SUSPENDED',
      DEPROVISIONED: 'DEPROVISIONED',
    })
  })

  test('can be given for the old one in four states', () => {
    const states = USER_STATUSES.filter(mayChangePassword)
    assert.deepEqual(states, ['STAGED', 'ACTIVE', 'RECOVERY', 'PASSWORD_EXPIRED'])
  })
})

describe('the state that a person begins in', () => {
  const cases: [activate: boolean, hasPassword: boolean, mustChange: boolean, expected: string][] = [
    [true, true, false, 'ACTIVE'],
    [true, true, true, 'PASSWORD_EXPIRED'],
    [true, false, false, 'PROVISIONED'],
    [true, false, true, 'password_needed'],
    [false, true, false, 'STAGED'],
    [false, true, true, 'activation_needed'],
    [false, false, false, 'STAGED'],
    [false, false, true, 'password_needed'],
  ]
  for (const [activate, hasPassword, mustChangePassword, expected] of cases) {
    test(`activate ${activate}, password ${hasPassword}, change at next sign-in ${mustChangePassword}: ${expected}`, () => {
      const decide = () => initialStatus({ activate, hasPassword, mustChangePassword })
      if (/^[A-Z]/.test(expected)) assert.equal(decide(), expected)
      else assert.throws(decide, (error) => error instanceof Refusal && error.code === expected)
    })
  }
})
