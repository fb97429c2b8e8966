import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { loginKey, searchKey } from './login-key.ts'

// Any UTF-16 at all, half surrogates included.
const anyText = (maxLength = 20) =>
  fc.array(fc.nat({ max: 0xffff }), { maxLength }).map((codes) => String.fromCharCode(...codes))

test('logins that read the same have one key', () => {
  const groups: Record<string, string[]> = {
    'ada@example.com': ['ada@example.com', 'Ada@Example.COM', '  ada@example.com\t', '\u00a0ada@example.com\u3000'],
    admin: [
      'admin',
      'ＡＤＭＩＮ',
      'ａｄｍｉｎ',
      '𝐚𝐝𝐦𝐢𝐧',
      '𝓐dmin',
      'ⓐⓓⓜⓘⓝ',
      'a\u00addmin',
      'adm\u200bin',
      '\ufeffadmin',
      'a\ufe0fdmin',
    ],
    office: ['office', 'oﬀice', 'oﬃce', 'ofﬁce', 'OFFICE'],
    kelvin: ['\u212aelvin', 'kelvin', 'Kelvin'],
    angstrom: ['\u212bngstrom', 'Ångstrom', 'A\u030angstrom', 'ångström'],
    jose: ['José', 'Jose\u0301', 'JOSÉ', 'jose', 'j\u0323o\u0302s\u0304e'],
    zalgo: ['z\u0315\u0335\u0321a\u034bl\u0302\u0327go', 'zalgo'],
    strasse: ['straße', 'STRASSE', 'Strasse', 'STRAẞE'],
    istanbul: ['İstanbul', 'istanbul', 'ISTANBUL', 'ıstanbul', 'I\u0307stanbul'],
    οδυσσευσ: ['Ὀδυσσεύς', 'ΟΔΥΣΣΕΥΣ', 'οδυσσευσ'],
    한글: ['한글', '한글'.normalize('NFD')],
    'dz.b': ['ǆ.b', 'ǅ.B', 'Ǆ.b', 'dž.b', 'DZ.B'],
  }
  for (const [key, logins] of Object.entries(groups)) {
    for (const login of logins) assert.equal(loginKey(login), key, JSON.stringify(login))
  }
})

test('logins that read differently keep different keys', () => {
  const pairs: [string, string][] = [
    ['ada', 'adam'],
    ['a.da', 'ada'],
    ['ada+x', 'ada'],
    ['a da', 'ada'],
    ['о', 'o'],
    ['аdmin', 'admin'],
    ['ø', 'o'],
    ['æ', 'ae'],
    ['か', 'が'],
    ['ハ', 'パ'],
    ['कुल', 'कल'],
    ['0', 'o'],
    ['l', '1'],
    ['한', '하'],
  ]
  for (const [one, other] of pairs) assert.notEqual(loginKey(one), loginKey(other), `${one} ${other}`)
})

test('what is written only with invisible characters has an empty key', () => {
  for (const login of ['', ' ', '\u200b\u200d', '\u00ad', '\u0301', '\u3164']) assert.equal(loginKey(login), '', login)
})

test('a key is the key of itself', () => {
  for (let code = 0; code <= 0xffff; code += 1) {
    const key = loginKey(String.fromCharCode(code))
    if (loginKey(key) !== key) assert.fail(`U+${code.toString(16)}`)
  }
  fc.assert(
    fc.property(anyText(), (login) => {
      assert.equal(loginKey(loginKey(login)), loginKey(login))
      assert.equal(searchKey(searchKey(login)), searchKey(login))
    }),
  )
})

test('case and Unicode form never change a key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (login) => {
      for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) assert.equal(loginKey(login.normalize(form)), loginKey(login))
      assert.equal(loginKey(login.toLowerCase()), loginKey(login))
    }),
  )
})

test('a search key keeps the spaces that a beginning may end with', () => {
  assert.equal(searchKey('Anna '), 'anna ')
  assert.ok(searchKey('Änna Müller').startsWith(searchKey('änna ')))
  assert.ok(searchKey('MÜLLER').includes(searchKey('ülle')))
})
