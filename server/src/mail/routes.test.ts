import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { HOUR, later } from '#kernel/instant.ts'
import { consoleCall, openConsole } from '#test/console-client.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { addPerson } from '#test/people.ts'
import { changingNothing } from '#test/rows.ts'
import { MAIL_KINDS, type MailDraft } from './mail.ts'
import { queueMail, sealMail } from './service.ts'

const LINK = 'https://id.example.com/signin/reset-password/secret-token-1?a=1&b=2'
const MAILBOX = '/api/v1/keystead/mailbox'
const TEMPLATES = '/api/v1/keystead/mail-templates'

async function queue(fixture: Fixture, of: Partial<MailDraft> = {}): Promise<void> {
  const { deps, org } = fixture
  const mail = sealMail(deps, org, {
    kind: 'forgot-password',
    to: 'ada@example.com',
    userId: undefined,
    locale: undefined,
    facts: { firstName: 'Ada', link: LINK },
    expires: later(deps.now(), HOUR),
    ...of,
  })
  await deps.db.write(() => queueMail(deps.db.for(org.id), mail))
  fixture.clock.advance(1)
}

onEachDatabase('the mailbox', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect, env: { KEYSTEAD_MAILBOX: 'on' } })
  })
  after(() => fixture.close())

  test('keeps every mail, sealed, and shows the newest first; by recipient, and page by page', async () => {
    await queue(fixture)
    await queue(fixture, { to: 'bob@example.com', kind: 'email-code', facts: { code: '654321' } })
    await queue(fixture, { to: undefined })
    await fixture.mails()
    const { status, json: list } = await fixture.request('GET', MAILBOX)
    assert.equal(status, 200)
    const told = list.map(({ to, kind, subject }: Record<string, string>) => [to, kind, subject])
    assert.deepEqual(told, [
      ['bob@example.com', 'email-code', 'Your sign-in code'],
      ['ada@example.com', 'forgot-password', 'Reset your password'],
    ])
    const { json: ofAda } = await fixture.request('GET', `${MAILBOX}?to=ada%40example.com`)
    assert.deepEqual(ofAda, [list[1]])
    const page = await fixture.request('GET', `${MAILBOX}?limit=1`)
    assert.deepEqual(page.json, [list[0]])
    const next = /<http:\/\/first\.test([^>]*)>; rel="next"/.exec(String(page.headers.link))?.[1] ?? ''
    assert.deepEqual((await fixture.request('GET', next)).json, [list[1]])

    const { json: mail } = await fixture.request('GET', `${MAILBOX}/${list[1].id}`)
    assert.deepEqual(mail.links, [LINK, 'http://first.test'])
    assert.match(mail.html, /id="reset-password-link"/)
    assert.match(mail.text, /Reset password: https:/)
    const { text: log } = await fixture.request('GET', '/api/v1/logs?since=2026-01-01T00:00:00Z&limit=1000')
    assert.match(log, /system\.email\.mailbox\.read/)
    assert.match(log, /Kept in the mailbox/)
    assert.ok(!log.includes('secret-token-1') && !log.includes('654321'))
  })

  test('is emptied, and has nothing unknown', async () => {
    await queue(fixture)
    await fixture.mails()
    assert.equal((await fixture.request('DELETE', MAILBOX)).status, 204)
    assert.deepEqual((await fixture.request('GET', MAILBOX)).json, [])
    assert.equal((await fixture.request('GET', `${MAILBOX}/eml1`)).status, 404)
    assert.equal((await fixture.request('GET', `${MAILBOX}/%00`)).status, 404)
  })

  test('takes a test mail to the caller, and is said to be on', async () => {
    const answer = await fixture.request('POST', '/api/v1/keystead/test-mail')
    assert.deepEqual([answer.status, answer.json], [202, { to: 'admin@first.test' }])
    await fixture.mails()
    const [mail] = (await fixture.request('GET', MAILBOX)).json
    assert.deepEqual([mail.kind, mail.to], ['test', 'admin@first.test'])
    assert.equal((await fixture.request('GET', '/api/v1/keystead/me')).json.mail, 'mailbox')
  })

  test('is there for super administrators alone', async () => {
    const person = await addPerson(fixture)
    for (const type of ['ORG_ADMIN', 'READ_ONLY_ADMIN', 'USER_ADMIN', 'REPORT_ADMIN'])
      await fixture.request('POST', `/api/v1/users/${person.id}/roles`, { json: { type } })
    const { browser } = await openConsole(fixture, person)
    for (const [method, path] of [
      ['GET', MAILBOX],
      ['GET', `${MAILBOX}/x`],
      ['DELETE', MAILBOX],
      ['POST', '/api/v1/keystead/test-mail'],
      ['DELETE', `${TEMPLATES}/activation/en`],
    ] as const)
      assert.equal((await consoleCall(fixture, browser, method, path)).status, 403, path)
    assert.equal((await consoleCall(fixture, browser, 'GET', TEMPLATES)).status, 200)
  })
})

onEachDatabase('templates of mail', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const path = `${TEMPLATES}/forgot-password`
  const own = { subject: 'Nieuw wachtwoord', html: '<a href="${link}">Hier</a>', text: 'Hier: ${link}' }

  test('an org writes one for a language, its mails follow, and it goes back to ours', async () => {
    const { json: ours } = await fixture.request('GET', `${path}/de`)
    assert.equal(ours.custom, false)
    assert.equal((await fixture.request('GET', `${path}/nl`)).status, 404)
    const written = await fixture.request('PUT', `${path}/nl`, { json: own })
    assert.equal(written.status, 200, written.text)
    assert.deepEqual([written.json.custom, written.json.subject], [true, own.subject])
    await fixture.request('PUT', `${path}/DE`, { json: { ...own, subject: 'Eigenes' } })
    const { json: list } = await fixture.request('GET', TEMPLATES)
    assert.equal(list.length, MAIL_KINDS.length * 2 + 1)

    for (const locale of ['nl_BE', 'de-AT', 'fr', undefined]) await queue(fixture, { locale })
    const subjects = (await fixture.mails('ada@example.com')).map(({ subject }) => subject)
    assert.deepEqual(
      subjects.toSorted(),
      ['Eigenes', own.subject, 'Reset your password', 'Reset your password'].toSorted(),
    )

    assert.equal((await fixture.request('DELETE', `${path}/de`)).status, 204)
    assert.equal((await fixture.request('DELETE', `${path}/de`)).status, 404)
    assert.equal((await fixture.request('GET', `${path}/de`)).json.subject, ours.subject)
    await queue(fixture, { locale: 'de' })
    assert.equal((await fixture.mails())[0]?.subject, 'Passwort zurücksetzen')
  })

  test('what ours are made of can be sent back as it is', async () => {
    const { json: list } = await fixture.request('GET', TEMPLATES)
    for (const { kind, language, subject, html, text } of list) {
      const answer = await fixture.request('PUT', `${TEMPLATES}/${kind}/${language}`, { json: { subject, html, text } })
      assert.equal(answer.status, 200, answer.text)
    }
  })

  test('a refused one changes nothing and says why', async () => {
    await changingNothing(fixture.deps.db, async () => {
      const answer = await fixture.request('PUT', `${path}/en`, {
        json: { ...own, html: 'Hier', text: '${code} ${x}' },
      })
      assert.equal(answer.status, 400)
      assert.deepEqual(
        answer.json.errorCauses.map(({ errorSummary }: { errorSummary: string }) => errorSummary.split(';', 1)[0]),
        ['html: The variable ${link} is required', 'text: ${x} is not a variable here'],
      )
      for (const name of ['nothing/en', 'activation/x', 'activation/..%2F..', 'activation/%00'])
        assert.equal((await fixture.request('PUT', `${TEMPLATES}/${name}`, { json: own })).status, 404, name)
    })
  })
})

describe('without the mailbox', () => {
  test('there is none, also where mail is sent', async () => {
    const fixture = await startFixture()
    try {
      await queue(fixture)
      const [mail] = await fixture.mails('ada@example.com')
      assert.deepEqual(mail?.links, [LINK, 'http://first.test'])
      assert.deepEqual(await fixture.mails(), [])
      for (const [method, path] of [
        ['GET', MAILBOX],
        ['GET', `${MAILBOX}/x`],
        ['DELETE', MAILBOX],
      ] as const)
        assert.equal((await fixture.request(method, path)).status, 404)
      assert.equal((await fixture.request('GET', '/api/v1/keystead/me')).json.mail, 'smtp')
    } finally {
      await fixture.close()
    }
  })
})
