// Security > Global session policy and Authenticators in the console: policies made by clicks, and felt at the next sign-in.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { createPerson, type Person } from '../harness/admin.ts'
import { seeSignInPage, signIn } from '../harness/sign-in-page.ts'
import { setStage } from '../harness/stage.ts'
import { openByMenu, seeNoBarriers, signInToConsole } from './console.ts'

const stage = await setStage()
const { admin, keystead } = stage

/** Somebody, alone in a group. */
async function personIn(groupName: string): Promise<Person & { readonly groupId: string }> {
  const person = await createPerson(admin, groupName, 'Member')
  const group = await admin.groupApi.createGroup({ group: { profile: { name: groupName } } })
  const groupId = group.id ?? ''
  await admin.groupApi.assignUserToGroup({ groupId, userId: person.id })
  return { ...person, groupId }
}

// biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads
async function policies(type: string): Promise<any[]> {
  const answer = await fetch(`${keystead.url}/api/v1/policies?type=${type}&expand=rules`, {
    headers: { authorization: `SSWS ${keystead.apiToken}` },
  })
  return (await answer.json()) as []
}

const inOrder = async (type: string) => (await policies(type)).map(({ name }) => name)

/** Chooses from a picker by what it is called. */
async function pick(page: Page, picker: string, name: string): Promise<void> {
  await page.getByRole('combobox', { name: picker }).fill(name)
  await page.getByRole('option', { name }).click()
}

/** Does one thing from the menu of a row or a card. */
async function act(page: Page, of: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${of}`, exact: true }).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

/** A policy with a name and a group, by the open page's button. */
async function addPolicy(page: Page, name: string, group: string): Promise<void> {
  await page.getByRole('button', { name: 'Add policy' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(name)
  await pick(page, 'Assign to groups', group)
  await dialog.getByRole('button', { name: 'Create policy' }).click()
  await page.getByRole('region', { name }).waitFor()
}

describe('the policies in the console', () => {
  test('a global session policy is made, shuts its people out, is ordered, taken back, and deleted', () =>
    stage.visit(async ({ page }) => {
      const ada = await personIn('Visitors')
      await signInToConsole(page, keystead)
      await openByMenu(page, 'Global session policy')
      const standard = page.getByRole('region', { name: '1. Default Policy' })
      await standard.getByText('Whoever is caught by no other policy signs in with a password').waitFor()
      await seeNoBarriers(page)
      await act(page, 'Default Rule', 'Edit')
      assert.equal(await page.getByRole('group', { name: 'IF the person is' }).count(), 0)
      await page.getByRole('button', { name: 'Cancel' }).click()

      await addPolicy(page, 'Visitors only', 'Visitors')
      const card = page.getByRole('region', { name: '1. Visitors only' })
      await card.getByText('passed over until it has an active one').waitFor()
      await card.getByRole('button', { name: 'Add rule' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: 'Create rule' }).click()
      await dialog.getByText('The field cannot be left blank').waitFor()
      await dialog.getByLabel('Rule name').fill('A second step')
      await dialog.getByText('After a time', { exact: true }).click()
      await dialog.getByLabel('Asked again after').fill('90')
      await dialog.getByLabel('Ends when unused for').fill('30')
      await dialog
        .getByRole('status', { name: 'What a person meets' })
        .getByText('Whoever is in Visitors signs in with a password, and proves a second factor, from which')
        .waitFor()
      await seeNoBarriers(page)
      await dialog.getByRole('button', { name: 'Create rule' }).click()
      await card.getByText('until 30 minutes pass unused').waitFor()
      const [made] = await policies('OKTA_SIGN_ON')
      assert.deepEqual(made._embedded.rules[0].actions.signon, {
        access: 'ALLOW',
        requireFactor: true,
        factorPromptMode: 'SESSION',
        factorLifetime: 90,
        primaryFactor: 'PASSWORD_IDP',
        rememberDeviceByDefault: false,
        session: { usePersistentCookie: false, maxSessionIdleMinutes: 30, maxSessionLifetimeMinutes: 0 },
      })

      await act(page, 'A second step', 'Edit')
      await dialog.getByText('Denied', { exact: true }).click()
      await dialog.getByText("Whoever is in Visitors can't sign in.").waitFor()
      await dialog.getByRole('button', { name: 'Save' }).click()
      await card.getByText("Whoever is in Visitors can't sign in.").waitFor()
      await stage.visit(async ({ page: visitor, takeProblems }) => {
        await visitor.goto(keystead.url)
        await seeSignInPage(visitor, keystead)
        await signIn(visitor, ada)
        await visitor.getByRole('alert').waitFor()
        takeProblems()
      })

      await act(page, 'Visitors only', 'Deactivate')
      await card.getByText('Inactive').waitFor()
      await stage.visit(async ({ page: visitor }) => {
        await visitor.goto(keystead.url)
        await seeSignInPage(visitor, keystead)
        await signIn(visitor, ada)
        await visitor.getByRole('heading', { name: 'My apps' }).waitFor()
      })
      await page.getByRole('button', { name: 'Undo' }).click()
      await card.getByText('Active', { exact: true }).first().waitFor()

      await addPolicy(page, 'Second', 'Everyone')
      await page.getByRole('button', { name: 'Move Second up' }).press('Enter')
      await page.getByRole('region', { name: '1. Second' }).waitFor()
      assert.deepEqual(await inOrder('OKTA_SIGN_ON'), ['Second', 'Visitors only', 'Default Policy'])
      await page.getByRole('button', { name: 'Undo' }).last().click()
      await page.getByRole('region', { name: '2. Second' }).waitFor()
      assert.deepEqual(await inOrder('OKTA_SIGN_ON'), ['Visitors only', 'Second', 'Default Policy'])

      await act(page, 'Visitors only', 'Delete')
      await dialog.getByRole('textbox').fill('Visitors only')
      await dialog.getByRole('button', { name: 'Delete' }).click()
      await page.getByRole('region', { name: '1. Second' }).waitFor()
      assert.deepEqual(await inOrder('OKTA_SIGN_ON'), ['Second', 'Default Policy'])
    }))

  test('a password policy is made with its rule, and one wrong password locks its person out', () =>
    stage.visit(async ({ page }) => {
      const bea = await personIn('Careful')
      await signInToConsole(page, keystead)
      await openByMenu(page, 'Authenticators')
      await page.getByText('A password has at least 8 characters').waitFor()
      await seeNoBarriers(page)

      await page.getByRole('button', { name: 'Add policy' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: 'Name' }).fill('Strict')
      await pick(page, 'Assign to groups', 'Careful')
      await dialog.getByLabel('Minimum length').fill('3')
      await dialog.getByRole('button', { name: 'Create policy' }).click()
      await dialog.getByText('The field must be >= 4').waitFor()
      await dialog.getByLabel('Minimum length').fill('14')
      await dialog.getByLabel('Is no common password').check()
      await dialog.getByLabel('Wrong passwords in a row').fill('1')
      await dialog.getByLabel('Unlocks by itself after').fill('15')
      await dialog.getByText('1 wrong password in a row locks the person out for 15 minutes.').waitFor()
      await seeNoBarriers(page)
      await dialog.getByRole('button', { name: 'Create policy' }).click()
      const card = page.getByRole('region', { name: '1. Strict' })
      await card.getByRole('button', { name: 'Add rule' }).click()
      await dialog.getByLabel('Rule name').fill('By themselves')
      await dialog.getByLabel('Unlock the account').check()
      await seeNoBarriers(page)
      await dialog.getByRole('button', { name: 'Create rule' }).click()
      await card.getByText('reset a forgotten one by e-mail and unlock the account.').waitFor()
      const [made] = await policies('PASSWORD')
      assert.partialDeepStrictEqual(made.settings.password, {
        complexity: { minLength: 14, dictionary: { common: { exclude: true } } },
        lockout: { maxAttempts: 1, autoUnlockMinutes: 15 },
      })
      assert.equal(made._embedded.rules[0].actions.selfServiceUnlock.access, 'ALLOW')

      await stage.visit(async ({ page: visitor, takeProblems }) => {
        await visitor.goto(keystead.url)
        await seeSignInPage(visitor, keystead)
        await signIn(visitor, { ...bea, password: 'Not-the-password-1' })
        await visitor.getByRole('alert').waitFor()
        takeProblems()
      })
      assert.equal((await admin.userApi.getUser({ userId: bea.id })).status, 'LOCKED_OUT')
    }))

  test('an enrolment policy is made, and its person is led to the second step at the sign-in', () =>
    stage.visit(async ({ page }) => {
      const cleo = await personIn('Beginners')
      await signInToConsole(page, keystead)
      await openByMenu(page, 'Authenticators')
      await page.getByRole('tab', { name: 'Enrollment' }).click()
      await page.getByText('A person may set up Passkeys').waitFor()
      await seeNoBarriers(page)
      await page.getByRole('button', { name: 'Add policy' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: 'Name' }).fill('App first')
      await pick(page, 'Assign to groups', 'Beginners')
      await dialog.getByRole('radiogroup', { name: 'Authenticator app' }).getByText('Required').click()
      await dialog.getByRole('radiogroup', { name: 'Okta Verify' }).getByText('Not allowed').click()
      await dialog.getByText('must set up Authenticator app, and may set up').waitFor()
      await seeNoBarriers(page)
      await dialog.getByRole('button', { name: 'Create policy' }).click()
      const card = page.getByRole('region', { name: '1. App first' })
      await card.getByRole('button', { name: 'Add rule' }).click()
      await dialog.getByLabel('Rule name').fill('At once')
      await seeNoBarriers(page)
      await dialog.getByRole('button', { name: 'Create rule' }).click()
      await card.getByText('at the next sign-in').waitFor()
      const [made] = await policies('MFA_ENROLL')
      assert.partialDeepStrictEqual(
        made.settings.authenticators.find(({ key }: { key: string }) => key === 'google_otp'),
        { enroll: { self: 'REQUIRED' } },
      )

      await stage.visit(async ({ page: visitor }) => {
        await visitor.goto(keystead.url)
        await seeSignInPage(visitor, keystead)
        await signIn(visitor, cleo)
        await visitor.getByRole('heading', { name: 'Set up a second step' }).waitFor()
      })
    }))
})
