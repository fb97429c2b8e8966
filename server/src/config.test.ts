import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readSecretList, readSettings, SettingsError } from './config.ts'

const KEY = Buffer.alloc(32, 1).toString('base64url')
const LONG_KEY = Buffer.alloc(64, 2).toString('base64url')
const POSTGRES = 'postgres://keystead:pass-word@db.example/keystead'

test('nothing set: a server for this machine, on SQLite, with its key beside it', () => {
  assert.deepEqual(readSettings({}), {
    url: 'http://localhost:8765',
    aliases: [],
    development: true,
    host: '127.0.0.1',
    port: 8765,
    database: 'sqlite:./data/keystead.db',
    secrets: undefined,
    trustedProxies: [],
    adminUrl: 'http://localhost:8765',
    logLevel: 'info',
    rateLimits: true,
    mail: { smtp: undefined, from: 'Keystead <no-reply@localhost>', mailbox: true },
    first: { adminLogin: 'admin@keystead.localhost', adminPassword: undefined, apiToken: undefined },
  })
})

const READ: readonly [env: Record<string, string>, expected: object][] = [
  [{ KEYSTEAD_URL: 'https://id.example.com' }, { url: 'https://id.example.com', port: 443 }],
  [{ KEYSTEAD_URL: 'https://ID.example.com:443/' }, { url: 'https://id.example.com', port: 443 }],
  [{ KEYSTEAD_URL: 'http://id.example.com' }, { port: 80 }],
  [{ KEYSTEAD_URL: 'http://[::1]:9000' }, { url: 'http://[::1]:9000', port: 9000 }],
  [
    { KEYSTEAD_URL: 'https://id.example.com', KEYSTEAD_ADMIN_URL: 'https://console.example.com' },
    { adminUrl: 'https://console.example.com' },
  ],
  [
    { KEYSTEAD_ALIASES: 'http://keystead:8765, https://id.internal:443/' },
    { aliases: ['http://keystead:8765', 'https://id.internal'] },
  ],
  [{ KEYSTEAD_PORT: '9000' }, { port: 9000, url: 'http://localhost:8765' }],
  [{ KEYSTEAD_PORT: '0' }, { port: 0 }],
  [{ PORT: '9001' }, { port: 9001 }],
  [{ PORT: '9001', KEYSTEAD_PORT: '9000' }, { port: 9000 }],
  [{ KEYSTEAD_HOST: '0.0.0.0' }, { host: '0.0.0.0' }],
  [{ KEYSTEAD_HOST: '::' }, { host: '::' }],
  [{ KEYSTEAD_HOST: 'localhost' }, { host: 'localhost' }],
  [{ KEYSTEAD_DATABASE: 'sqlite:/var/lib/keystead.db' }, { database: 'sqlite:/var/lib/keystead.db' }],
  [{ KEYSTEAD_DATABASE: POSTGRES, KEYSTEAD_SECRET: KEY }, { database: POSTGRES }],
  [{ KEYSTEAD_DATABASE: 'postgresql://db/keystead', KEYSTEAD_SECRET: KEY }, { database: 'postgresql://db/keystead' }],
  [
    { KEYSTEAD_TRUSTED_PROXIES: '10.0.0.0/8, 192.168.1.1,fd00::/8 , loopback' },
    { trustedProxies: ['10.0.0.0/8', '192.168.1.1', 'fd00::/8', 'loopback'] },
  ],
  [{ KEYSTEAD_TRUSTED_PROXIES: '' }, { trustedProxies: [] }],
  [
    { KEYSTEAD_LOG: 'silent', KEYSTEAD_RATE_LIMITS: 'off' },
    { logLevel: 'silent', rateLimits: false },
  ],
  [{ KEYSTEAD_RATE_LIMITS: 'on' }, { rateLimits: true }],
  [
    { KEYSTEAD_URL: 'https://id.example.com' },
    { mail: { smtp: undefined, from: 'Keystead <no-reply@id.example.com>', mailbox: false } },
  ],
  [{ KEYSTEAD_URL: 'https://id.example.com', KEYSTEAD_MAILBOX: 'on' }, { mail: { mailbox: true } }],
  [{ KEYSTEAD_URL: 'http://acme.localhost:8765' }, { mail: { mailbox: true } }],
  [{ KEYSTEAD_URL: 'http://127.0.0.1:8765' }, { mail: { mailbox: true, from: 'Keystead <no-reply@localhost>' } }],
  [{ KEYSTEAD_MAILBOX: 'off' }, { mail: { mailbox: false } }],
  [
    { KEYSTEAD_SMTP_URL: 'smtp://localhost:1025' },
    {
      mail: {
        smtp: { host: 'localhost', port: 1025, tls: 'offered', user: undefined, password: undefined },
        mailbox: false,
      },
    },
  ],
  [
    { KEYSTEAD_SMTP_URL: 'smtps://relay%40example.com:p%40ss%2Fword@mail.example.com' },
    {
      mail: {
        smtp: {
          host: 'mail.example.com',
          port: 465,
          tls: 'implicit',
          user: 'relay@example.com',
          password: 'p@ss/word',
        },
      },
    },
  ],
  [{ KEYSTEAD_SMTP_URL: 'smtp://relay:secret@mail.example.com' }, { mail: { smtp: { port: 587, tls: 'required' } } }],
  [{ KEYSTEAD_SMTP_URL: 'smtp://[::1]:25/' }, { mail: { smtp: { host: '::1', port: 25, tls: 'offered' } } }],
  [{ KEYSTEAD_MAIL_FROM: 'id@example.com' }, { mail: { from: 'id@example.com' } }],
  [{ KEYSTEAD_MAIL_FROM: 'Ada & Söhne <id@example.com>' }, { mail: { from: 'Ada & Söhne <id@example.com>' } }],
  [
    {
      KEYSTEAD_ADMIN_LOGIN: 'zoe@example.com',
      KEYSTEAD_ADMIN_PASSWORD: 'x'.repeat(72),
      KEYSTEAD_API_TOKEN: 'a-_'.repeat(8),
    },
    { first: { adminLogin: 'zoe@example.com', adminPassword: 'x'.repeat(72), apiToken: 'a-_'.repeat(8) } },
  ],
]
for (const [env, expected] of READ) {
  test(`${Object.entries(env).join(' ')} is read`, () => {
    assert.partialDeepStrictEqual(readSettings(env), expected)
  })
}

test('the first of several secrets seals and all of them open', () => {
  const { secrets } = readSettings({ KEYSTEAD_SECRET: `${KEY}, ${LONG_KEY}` })
  assert.deepEqual(
    secrets?.map(({ bytes }) => Buffer.from(bytes)),
    [Buffer.alloc(32, 1), Buffer.alloc(64, 2)],
  )
})

const BAD: readonly [variable: string, values: readonly string[], advice: RegExp][] = [
  [
    'KEYSTEAD_URL',
    [
      ...[
        '',
        ' ',
        'id.example.com',
        'localhost:8765',
        '//id.example.com',
        'ftp://id.example.com',
        'file:///etc/passwd',
      ],
      ...['https://', 'https://id.example.com/path', 'https://id.example.com/?q', 'https://id.example.com/#f'],
      ...['http://localhost:99999', 'http://localhost:0', 'https://*.example.com:x', 'https://a b'],
    ],
    /give an origin such as https:\/\/id\.example\.com/,
  ],
  ['KEYSTEAD_ADMIN_URL', ['', 'console', 'https://id.example.com/admin'], /give an origin/],
  ['KEYSTEAD_HOST', ['', ' ', 'http://localhost', '127.0.0.1:80', '*', '-a', '[::]'], /address or name to listen on/],
  [
    'KEYSTEAD_PORT',
    ['', 'http', '-1', '65536', '123456', '80.5', '0x50', ' 80', '８０'],
    /give a port from 0 to 65535/,
  ],
  [
    'KEYSTEAD_DATABASE',
    [
      '',
      'sqlite',
      'sqlite:',
      'sqlite::memory:',
      'data/keystead.db',
      'mysql://db/keystead',
      'postgres:',
      'postgres://',
      'postgres://a b/c',
    ],
    /give sqlite:PATH \(a file\) or postgres:/,
  ],
  [
    'KEYSTEAD_ALIASES',
    ['keystead:8765', 'http://keystead:8765/oauth2', 'ftp://keystead', '*'],
    /give an origin such as/,
  ],
  ['KEYSTEAD_ALIASES', ['http://localhost:8765', 'https://localhost:8765'], /stands for something already/],
  [
    'KEYSTEAD_TRUSTED_PROXIES',
    [
      'all',
      '*',
      'true',
      '1',
      '10.0.0.0/33',
      '10.0.0.0/',
      '10.0.0.0/8/8',
      '256.1.1.1',
      '::1/129',
      '10.0.0.1;10.0.0.2',
      'proxy.example.com',
      '10.0.0.0/-1',
    ],
    /give addresses or ranges/,
  ],
  ['KEYSTEAD_LOG', ['', 'INFO', 'verbose'], /give one of fatal, error, warn, info, debug, trace, silent/],
  [
    'KEYSTEAD_SMTP_URL',
    [
      ...['', 'mail.example.com', 'mail.example.com:25', 'http://mail.example.com', 'smtp://', 'smtp:mail.example.com'],
      ...['smtp://mail.example.com:0', 'smtp://mail.example.com/x', 'smtp://mail.example.com?tls=off', 'smtp://a b'],
    ],
    /give smtp:\/\/HOST:PORT or smtps:/,
  ],
  [
    'KEYSTEAD_MAIL_FROM',
    ['', 'Keystead', 'a@b\r\nBcc: c@d', 'A\nB <a@b>', 'a@b, c@d', '<a@b>, <c@d>', '"A" <a@b>', 'a@b@c'],
    /give an address, or a name and an address/,
  ],
  ['KEYSTEAD_MAILBOX', ['', 'true', 'ON'], /give one of on, off/],
  ['KEYSTEAD_RATE_LIMITS', ['', 'false', '0', 'OFF'], /give one of on, off/],
  [
    'KEYSTEAD_ADMIN_LOGIN',
    ['', 'admin', 'a@b@c', 'a b@c', '@', `${'x'.repeat(100)}@example.com`],
    /form of an e-mail address/,
  ],
]
describe('a value that can not be used stops the start and is named', () => {
  for (const [variable, values, advice] of BAD) {
    for (const value of values) {
      test(`${variable}=${value}`, () => {
        assert.throws(
          () => readSettings({ [variable]: value }),
          (error) => {
            assert.ok(error instanceof SettingsError)
            assert.ok(
              error.message.startsWith(`${variable}=${value === '' ? '(empty)' : value} is not usable: `),
              error.message,
            )
            assert.match(error.message, advice)
            return true
          },
        )
      })
    }
  }

  test('a mailbox beside a mail server', () => {
    assert.throws(
      () => readSettings({ KEYSTEAD_SMTP_URL: 'smtp://localhost:1025', KEYSTEAD_MAILBOX: 'on' }),
      /^SettingsError: KEYSTEAD_MAILBOX=on is not usable: mail is either sent/,
    )
  })

  test('PORT', () => {
    assert.throws(() => readSettings({ PORT: 'http' }), /^SettingsError: PORT=http is not usable: give a port/)
  })

  test('PostgreSQL without KEYSTEAD_SECRET', () => {
    assert.throws(
      () => readSettings({ KEYSTEAD_DATABASE: POSTGRES }),
      /KEYSTEAD_SECRET=\(empty\).*with PostgreSQL it is required/,
    )
  })
})

describe('no secret is shown', () => {
  const HIDDEN: readonly [variable: string, value: string, secret: string][] = [
    ['KEYSTEAD_SECRET', 'too-short-secret', 'too-short-secret'],
    ['KEYSTEAD_SECRET', `${KEY},too-short-secret`, KEY],
    ['KEYSTEAD_SECRET', 'a sentence that is long enough to be decoded to thirty-two bytes', 'sentence'],
    ['KEYSTEAD_SECRET', `${'+/'.repeat(30)}=`, '+/+/'],
    ['KEYSTEAD_SECRET', '', 'nothing'],
    ['KEYSTEAD_SECRET', ',', 'nothing'],
    ['KEYSTEAD_ADMIN_PASSWORD', 'sesame', 'sesame'],
    ['KEYSTEAD_ADMIN_PASSWORD', 'sesame'.repeat(20), 'sesame'],
    ['KEYSTEAD_API_TOKEN', 'sesame', 'sesame'],
    ['KEYSTEAD_API_TOKEN', 'sesame with spaces in it, and long enough', 'sesame'],
    ['KEYSTEAD_SMTP_URL', 'smtp://relay:sesame@mail.example.com/x', 'sesame'],
    ['KEYSTEAD_SMTP_URL', 'smtp://relay:ses%ame@mail.example.com', 'ses'],
    ['KEYSTEAD_SMTP_URL', 'smtp://:sesame@mail.example.com', 'sesame'],
    ['KEYSTEAD_SMTP_URL', 'relay:sesame@mail.example.com', 'sesame'],
    ['KEYSTEAD_URL', 'https://admin:sesame@id.example.com', 'sesame'],
    ['KEYSTEAD_URL', 'https://sesame@id.example.com', 'sesame'],
    ['KEYSTEAD_DATABASE', 'mysql://keystead:sesame@db/keystead', 'sesame'],
    ['KEYSTEAD_DATABASE', 'postgres://keystead:se/same@db:x/keystead', 'same'],
    ['KEYSTEAD_DATABASE', 'postgres://keystead:ses@me@db:x/keystead', 'ses'],
    ['KEYSTEAD_DATABASE', 'keystead:sesame@db/keystead', 'sesame'],
    ['KEYSTEAD_DATABASE', 'mysql://db/keystead?user=a&password=sesame&x=y', 'sesame'],
  ]
  for (const [variable, value, secret] of HIDDEN) {
    test(`of ${variable}=${value.slice(0, 60)}`, () => {
      assert.throws(
        () => readSettings({ [variable]: value }),
        (error) =>
          error instanceof SettingsError && error.message.startsWith(`${variable}=`) && !error.message.includes(secret),
      )
    })
  }

  test('a list of keys that stands elsewhere is named by its place', () => {
    assert.throws(
      () => readSecretList('short', 'data/keystead.key'),
      /^SettingsError: data\/keystead\.key=\(hidden\) is not usable/,
    )
  })
})
