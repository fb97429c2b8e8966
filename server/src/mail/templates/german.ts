import type { Language } from './words.ts'

const ACCOUNT = 'Konto: ${login}'
const GOOD_FOR = 'Der Link gilt einmal. Gültigkeit: ${validFor}.'
const CODE_GOOD_FOR = 'Der Code gilt einmal. Gültigkeit: ${validFor}.'
const TELL_NOBODY = 'Niemand von ${orgName} wird Sie danach fragen.'
const INSTEAD = 'Stattdessen einen Code eingeben:'
const NOT_YOU = 'Wenn Sie das nicht waren, verständigen Sie bitte sofort die Administratoren von ${orgName}.'

export const GERMAN: Language = {
  greeting: 'Guten Tag ${firstName},',
  footer: 'Diese E-Mail kommt von ${orgName}, ${orgUrl}',
  factors: {
    'Security question': 'Sicherheitsfrage',
    Email: 'E-Mail',
    'Security key or passkey': 'Sicherheitsschlüssel oder Passkey',
  },
  mails: {
    'forgot-password': {
      subject: 'Passwort zurücksetzen',
      lead: ['Jemand möchte das Passwort Ihres Kontos bei ${orgName} zurücksetzen.', ACCOUNT],
      button: 'Passwort zurücksetzen',
      instead: INSTEAD,
      closing: [GOOD_FOR, 'Wenn Sie das nicht waren, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist.'],
    },
    'password-changed': {
      subject: 'Ihr Passwort wurde geändert',
      lead: ['Das Passwort Ihres Kontos bei ${orgName} wurde geändert.', ACCOUNT],
      closing: [NOT_YOU],
    },
    activation: {
      subject: 'Willkommen bei ${orgName}',
      lead: ['Für Sie wurde ein Konto bei ${orgName} angelegt.', ACCOUNT],
      button: 'Konto aktivieren',
      instead: INSTEAD,
      closing: [GOOD_FOR],
    },
    'unlock-account': {
      subject: 'Konto entsperren',
      lead: ['Jemand möchte Ihr Konto bei ${orgName} entsperren.', ACCOUNT],
      button: 'Konto entsperren',
      instead: INSTEAD,
      closing: [GOOD_FOR, 'Wenn Sie das nicht waren, müssen Sie nichts tun.'],
    },
    'account-locked': {
      subject: 'Ihr Konto wurde gesperrt',
      lead: ['Ihr Konto bei ${orgName} wurde nach zu vielen falschen Passwörtern gesperrt.', ACCOUNT],
      closing: [
        'Entsperren können Sie es auf der Anmeldeseite, wo das angeboten wird; sonst hilft Ihre Administration.',
        'Wenn Sie das nicht waren, versucht vielleicht jemand, Ihr Passwort zu erraten.',
      ],
    },
    'email-code': {
      subject: 'Ihr Code für die Anmeldung',
      lead: ['Sie melden sich bei ${appLabel} an.'],
      code: 'Ihr Code:',
      button: 'Anmelden',
      instead: INSTEAD,
      closing: [
        CODE_GOOD_FOR,
        TELL_NOBODY,
        'Wenn Sie sich nicht anmelden, kennt vielleicht jemand Ihr Passwort: ändern Sie es.',
      ],
    },
    'email-enroll-code': {
      subject: 'E-Mail-Adresse bestätigen',
      lead: ['Sie fügen diese Adresse Ihrem Konto bei ${orgName} hinzu.'],
      code: 'Ihr Code:',
      button: 'Adresse bestätigen',
      instead: INSTEAD,
      closing: [CODE_GOOD_FOR, TELL_NOBODY, 'Wenn Sie das nicht waren, müssen Sie nichts tun.'],
    },
    'factor-enrolled': {
      subject: 'Eine Sicherheitsmethode wurde hinzugefügt',
      lead: ['${factorName} wurde Ihrem Konto bei ${orgName} hinzugefügt.', ACCOUNT],
      closing: [NOT_YOU],
    },
    'factor-reset': {
      subject: 'Eine Sicherheitsmethode wurde entfernt',
      lead: [
        'Eine Sicherheitsmethode wurde aus Ihrem Konto bei ${orgName} entfernt.',
        'Methode: ${factorName}',
        ACCOUNT,
      ],
      closing: [NOT_YOU],
    },
    test: {
      subject: 'Ein Test von ${orgName}',
      lead: ['Das ist ein Test: E-Mail von ${orgName} kommt bei Ihnen an.'],
      closing: [],
    },
  },
}
