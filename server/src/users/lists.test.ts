// The lists of people and groups on both databases: what may be asked, in which order, in pages.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'

type Question = Readonly<Record<string, string>>

onEachDatabase('the lists of the directory', (dialect) => {
  let fixture: Fixture

  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const ask = (path: string, question: Question) =>
    fixture.request('GET', `${path}?${new URLSearchParams(question).toString()}`)

  /** Ids follow time: each person has a millisecond of their own. */
  async function create(login: string, profile: object, activate = true): Promise<string> {
    fixture.clock.advance(1)
    const json = { profile: { login, email: login, firstName: 'Ann', lastName: 'Lee', ...profile } }
    const answer = await fixture.request('POST', `/api/v1/users?activate=${activate}`, { json })
    assert.equal(answer.status, 200, answer.text)
    return answer.json.id
  }

  function nextPath(answer: TestAnswer): string | undefined {
    const links = [answer.headers.link].flat().map(String)
    const next = links.find((link) => link.endsWith('rel="next"'))
    return next === undefined ? undefined : /^<http:\/\/first\.test(.*)>/.exec(next)?.[1]
  }

  async function pagesOf(path: string): Promise<readonly TestAnswer[]> {
    const pages: TestAnswer[] = []
    for (let next: string | undefined = path; next !== undefined; ) {
      const answer = await fixture.request('GET', next)
      assert.equal(answer.status, 200, answer.text)
      pages.push(answer)
      next = nextPath(answer)
    }
    return pages
  }

  describe('of people', () => {
    const [carol, dave, erin, frank] = ['carol', 'dave', 'erin', 'frank'].map((name) => `${name}@list.example`)

    before(async () => {
      const departed = { department: 'Sales', tags: ['x', 'Feature'] }
      await create('carol@list.example', {
        firstName: 'Çarol',
        lastName: 'King',
        email: 'ck@list.example',
        ...departed,
      })
      await create('dave@list.example', { firstName: 'Dave', lastName: 'King', department: 'Ops' }, false)
      await create('erin@list.example', { firstName: 'Erin', lastName: 'Queen', level: 7 })
      const gone = await create('frank@list.example', { firstName: 'Frank', lastName: 'King' })
      await fixture.request('POST', `/api/v1/users/${gone}/lifecycle/deactivate`)
    })

    const loginsOf = ({ json }: TestAnswer): readonly string[] =>
      json.map((user: { profile: { login: string } }) => user.profile.login)

    const AT_LIST = 'profile.login co "@list."'
    const cases: [Question, readonly (string | undefined)[]][] = [
      [{ search: 'profile.lastName eq "king"' }, [carol, dave, frank]],
      [{ search: 'profile.lastName eq "King" and status eq "ACTIVE"' }, []],
      [{ search: 'profile.lastName eq "King" and (status eq "staged" or status eq "DEPROVISIONED")' }, [dave, frank]],
      [{ search: 'profile.firstName sw "car"' }, [carol]],
      [{ search: `${AT_LIST} and profile.department pr` }, [carol, dave]],
      [{ search: 'profile.tags eq "feature"' }, [carol]],
      [{ search: 'profile.level eq 7' }, [erin]],
      [{ search: 'profile.lastName gt "kinf" and profile.lastName lt "kinh" and profile.login sw "d"' }, [dave]],
      [{ search: `${AT_LIST} and activated pr and created gt "2020-01-01T00:00:00.000Z"` }, [carol, erin, frank]],
      [{ search: `${AT_LIST} and created lt "2020-01-01T00:00:00.000Z"` }, []],
      [{ search: 'type.id eq "otyNowhere"' }, []],
      [{ search: 'profile.constructor eq "x"' }, []],
      [{ search: AT_LIST, sortBy: 'profile.firstName', sortOrder: 'desc' }, [frank, erin, dave, carol]],
      [{ search: AT_LIST, sortBy: 'status' }, [frank, carol, erin, dave]],
      [{ search: AT_LIST, sortOrder: '0' }, [carol, dave, erin, frank]],
      [{ filter: 'status eq "STAGED"' }, [dave]],
      [{ filter: 'profile.email eq "ck@list.example"' }, [carol]],
      [{ filter: 'profile.lastName eq "King" and lastUpdated gt "2020-01-01T00:00:00.000Z"' }, [carol, dave, frank]],
      [{ q: 'caRo' }, [carol]],
      [{ q: 'king' }, [carol, dave]],
      [{ q: 'ck@' }, [carol]],
      [{ q: `' OR 1=1 --` }, []],
      [{ q: 'a\u0000b' }, []],
    ]
    for (const [question, expected] of cases) {
      test(JSON.stringify(question), async () =>
        assert.deepEqual(loginsOf(await ask('/api/v1/users', question)), expected),
      )
    }

    test('leave the deactivated out where nothing is asked for', async () => {
      const logins = loginsOf(await ask('/api/v1/users', {}))
      assert.ok(carol && frank && logins.includes(carol) && !logins.includes(frank))
    })

    const refused: [Question, string][] = [
      [{ search: 'profile.lastName' }, 'E0000031'],
      [{ search: 'profile.lastName ne "King"' }, 'E0000031'],
      [{ search: 'not (profile.lastName eq "King")' }, 'E0000031'],
      [{ search: 'profile.department co "ale"' }, 'E0000031'],
      [{ search: 'profile.lastName eq null' }, 'E0000031'],
      [{ search: 'passwordHash sw "$argon2id"' }, 'E0000031'],
      [{ search: 'constructor pr' }, 'E0000031'],
      [{ search: 'created gt "yesterday"' }, 'E0000031'],
      [{ search: 'profile.level gt 3' }, 'E0000031'],
      [{ search: 'status pr', sortBy: 'password_hash' }, 'E0000031'],
      [{ filter: 'profile.city eq "Bern"' }, 'E0000031'],
      [{ filter: 'profile.login sw "a"' }, 'E0000031'],
      [{ search: 'status pr', filter: 'status eq "ACTIVE"' }, 'E0000033'],
      [{ search: 'status pr', q: 'x' }, 'E0000033'],
      [{ limit: 'x' }, 'E0000029'],
      [{ after: '!' }, 'E0000029'],
      [{ search: 'status pr', sortBy: 'created', after: Buffer.from('["x","y"]').toString('base64url') }, 'E0000029'],
      [{ search: 'status pr', sortBy: 'created', after: Buffer.from('[1.5,"y"]').toString('base64url') }, 'E0000029'],
      [{ search: 'status pr', sortBy: 'id', after: Buffer.from('["a\u0000","y"]').toString('base64url') }, 'E0000029'],
      [{ search: 'status pr', sortBy: 'created', after: Buffer.from('x').toString('base64url') }, 'E0000029'],
    ]
    for (const [question, code] of refused) {
      test(`${JSON.stringify(question)} is refused as ${code}`, async () => {
        const { status, json } = await ask('/api/v1/users', question)
        assert.deepEqual([status, json.errorCode], [400, code])
      })
    }

    for (const sortBy of ['', 'profile.lastName', 'created', 'activated']) {
      for (const sortOrder of ['asc', 'desc']) {
        test(`in pages of two by ${sortBy || 'id'} ${sortOrder} show everybody once`, async () => {
          const question = { search: AT_LIST, sortOrder, ...(sortBy === '' ? {} : { sortBy }) }
          const whole = loginsOf(await ask('/api/v1/users', question))
          const pages = await pagesOf(`/api/v1/users?${new URLSearchParams({ ...question, limit: '2' }).toString()}`)
          assert.equal(pages.length, 2)
          assert.deepEqual(pages.flatMap(loginsOf), whole)
          assert.equal(new Set(whole).size, 4)
        })
      }
    }

    test('by the beginning of a name are short and go no further', async () => {
      const answer = await ask('/api/v1/users', { q: 'k', limit: '1' })
      assert.deepEqual([answer.json.length, nextPath(answer)], [1, undefined])
    })
  })

  describe('of groups and their members', () => {
    const newGroup = async (name: string): Promise<string> => {
      fixture.clock.advance(1)
      return (await fixture.request('POST', '/api/v1/groups', { json: { profile: { name } } })).json.id
    }

    const namesOf = ({ json }: TestAnswer): readonly string[] =>
      json.map((group: { profile: { name: string } }) => group.profile.name)

    before(() => newGroup('Über 100%_Sales'))

    const cases: [Question, readonly string[]][] = [
      [{ q: 'uber' }, ['Über 100%_Sales']],
      [{ search: 'profile.name co "100%_s"' }, ['Über 100%_Sales']],
      [{ search: 'profile.name co "100_"' }, []],
      [{ search: 'profile.name eq "über 100%_sales" and type eq "OKTA_GROUP"' }, ['Über 100%_Sales']],
      [{ filter: 'type eq "BUILT_IN"' }, ['Everyone']],
      [{ filter: 'type eq "OKTA_GROUP"', q: 'every' }, []],
      [{ filter: 'lastUpdated lt "2020-01-01T00:00:00.000Z"' }, []],
    ]
    for (const [question, expected] of cases) {
      test(JSON.stringify(question), async () =>
        assert.deepEqual(namesOf(await ask('/api/v1/groups', question)), expected),
      )
    }

    for (const search of [
      'profile.name ne "x"',
      'profile.name pr',
      'constructor eq "x"',
      'nothing eq "x"',
      'lastUpdated gt "x"',
    ]) {
      test(`${search} is refused`, async () => {
        const { status, json } = await ask('/api/v1/groups', { search })
        assert.deepEqual([status, json.errorCode], [400, 'E0000031'])
      })
    }

    test('groups in pages', async () => {
      for (const name of ['page 1', 'page 2', 'page 3']) await newGroup(name)
      const pages = await pagesOf('/api/v1/groups?q=page&limit=2')
      assert.deepEqual(pages.map(namesOf), [['page 1', 'page 2'], ['page 3']])
    })

    test('members by the beginning of a name, in pages', async () => {
      const group = await newGroup('Sought')
      const ids: string[] = []
      for (const name of ['sought1', 'sought2', 'other', 'sought3']) ids.push(await create(`${name}@example.com`, {}))
      for (const id of ids) await fixture.request('PUT', `/api/v1/groups/${group}/users/${id}`)
      await create('sought4@example.com', {})
      const pages = await pagesOf(`/api/v1/groups/${group}/users?q=SOUGHT&limit=2`)
      assert.deepEqual(
        pages.flatMap(({ json }) => json.map((user: { id: string }) => user.id)),
        ids.filter((_, at) => at !== 2),
      )
    })

    test('members in pages, each once, however often they were added', async () => {
      const group = await newGroup('Pages')
      const ids: string[] = []
      for (const name of ['p1', 'p2', 'p3']) ids.push(await create(`${name}@example.com`, {}))
      for (const id of [...ids, ...ids]) await fixture.request('PUT', `/api/v1/groups/${group}/users/${id}`)
      const pages = await pagesOf(`/api/v1/groups/${group}/users?limit=2`)
      assert.equal(pages.length, 2)
      assert.deepEqual(
        pages.flatMap(({ json }) => json.map((user: { id: string }) => user.id)),
        ids,
      )
    })
  })
})
