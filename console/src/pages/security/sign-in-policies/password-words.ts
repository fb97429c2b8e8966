// What a password policy means for a person, in plain words. Pure.
import type { PolicyRule } from '../../../api/types.ts'
import { minutesInWords } from '../minutes.ts'
import { andList } from './and-list.ts'
import type { PasswordValues } from './password-values.ts'

const SORTS = [
  ['minLowerCase', 'lower-case letter', 'a'],
  ['minUpperCase', 'upper-case letter', 'an'],
  ['minNumber', 'digit', 'a'],
  ['minSymbol', 'symbol', 'a'],
] as const

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

export const passwordWords = (values: PasswordValues): string =>
  [shapeWords(values), historyWords(values), ageWords(values), lockoutWords(values)].filter(Boolean).join(' ')

function shapeWords(values: PasswordValues): string {
  const sorts = SORTS.filter(([name]) => Number(values[name]) > 0).map(([name, noun, article]) => {
    const count = Number(values[name])
    return count === 1 ? `${article} ${noun}` : counted(count, noun)
  })
  const without = [
    ...(values.excludeUsername ? ['no part of the username'] : []),
    ...(values.excludeFirstName ? ['no first name'] : []),
    ...(values.excludeLastName ? ['no last name'] : []),
  ]
  const common = values.excludeCommon ? ', and is none that many people have' : ''
  const holds = andList([...sorts, ...without])
  return `A password has at least ${counted(Number(values.minLength), 'character')}${holds === '' ? '' : `, with ${holds}`}${common}.`
}

function historyWords({ historyCount, minAgeMinutes }: PasswordValues): string {
  const last = Number(historyCount)
  const old = last === 0 ? '' : last === 1 ? 'It differs from the last one.' : `It differs from the last ${last}.`
  const young = Number(minAgeMinutes)
  return [old, young === 0 ? '' : `It stays for ${minutesInWords(young)} at least.`].filter(Boolean).join(' ')
}

function ageWords({ maxAgeDays, expireWarnDays }: PasswordValues): string {
  const [days, warn] = [Number(maxAgeDays), Number(expireWarnDays)]
  if (days === 0) return 'It never expires.'
  return `It expires after ${counted(days, 'day')}${warn === 0 ? '' : `, with a warning ${counted(warn, 'day')} before`}.`
}

function lockoutWords({ maxAttempts, autoUnlockMinutes }: PasswordValues): string {
  const [most, minutes] = [Number(maxAttempts), Number(autoUnlockMinutes)]
  if (most === 0) return 'Wrong passwords lock nobody out.'
  const end = minutes === 0 ? 'until somebody unlocks the account' : `for ${minutesInWords(minutes)}`
  return `${counted(most, 'wrong password')} in a row ${most === 1 ? 'locks' : 'lock'} the person out ${end}.`
}

/** @param who such as "Whoever is in Staff" */
export function passwordRuleWords(who: string, { actions }: Pick<PolicyRule, 'actions'>): string {
  const { passwordChange, selfServicePasswordReset: reset, selfServiceUnlock } = actions
  const mail = reset?.requirement?.stepUp.required ? ' by e-mail and a security question' : ' by e-mail'
  const all = [
    { may: passwordChange?.access === 'ALLOW', what: 'change the password', how: '' },
    { may: reset?.access === 'ALLOW', what: 'reset a forgotten one', how: mail },
    { may: selfServiceUnlock?.access === 'ALLOW', what: 'unlock the account', how: '' },
  ]
  const may = all.filter((one) => one.may).map(({ what, how }) => what + how)
  const mayNot = all.filter((one) => !one.may).map(({ what }) => what)
  if (may.length === 0) return `${who} may not ${orList(mayNot)} without an administrator.`
  return `${who} may ${andList(may)}${mayNot.length === 0 ? '' : `, and may not ${orList(mayNot)}`}.`
}

const orList = (words: readonly string[]): string => andList(words).replace(/ and ([^,]*)$/, ' or $1')
