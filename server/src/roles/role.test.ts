import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ROLE_TYPES, type RoleType } from '#kernel/caller.ts'
import { assignmentId, mayChangeHolderOf } from './role.ts'

describe('who may change a person that holds a role', () => {
  test('a super administrator anybody', () => {
    for (const held of ROLE_TYPES) assert.equal(mayChangeHolderOf([held], ['SUPER_ADMIN']), true)
  })

  test('an org administrator all but super administrators', () => {
    for (const held of ROLE_TYPES) assert.equal(mayChangeHolderOf([held], ['ORG_ADMIN']), held !== 'SUPER_ADMIN')
    assert.equal(mayChangeHolderOf(['READ_ONLY_ADMIN', 'SUPER_ADMIN'], ['ORG_ADMIN']), false)
  })

  test('others nobody that administers anything, and anybody who administers nothing', () => {
    const others = ROLE_TYPES.filter((role) => role !== 'SUPER_ADMIN' && role !== 'ORG_ADMIN')
    for (const own of [[], ...others.map((role): RoleType[] => [role]), others]) {
      assert.equal(mayChangeHolderOf([], own), true)
      for (const held of ROLE_TYPES) assert.equal(mayChangeHolderOf([held], own), false)
    }
  })
})

test('an assignment is named after its type, but that of a super administrator', () => {
  assert.equal(assignmentId('APP_ADMIN', 'ra1x'), 'IFIFAX2BIRGUSTQ')
  assert.equal(assignmentId('GROUP_MEMBERSHIP_ADMIN', 'ra1x'), 'I5JE6VKQL5GUKTKCIVJFGSCJKBPUCRCNJFHA')
  assert.equal(assignmentId('SUPER_ADMIN', 'ra1x'), 'ra1x')
})
