import type { Copy } from '../en.ts'

/** Signing in and the account page. */
export const deAccount: Pick<Copy, 'account' | 'verify' | 'welcome' | 'signInError'> = {
  signInError: (code) =>
    (code === null ? null : SIGN_IN_ERRORS[code]) ??
    'Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
  account: {
    menu: 'Konto',
    guest: 'Gast',
    signOut: 'Abmelden',
    leaveTitle: 'Abmelden und dieses Konto verlieren?',
    leaveText:
      'Sie sind als Gast hier, niemand kann sich hier wieder anmelden: Tarif, Guthaben und alles, was Sie erstellt haben, wären unerreichbar. Legen Sie vorher ein Konto an, um alles zu behalten.',
    leave: 'Trotzdem abmelden',
    stay: 'Angemeldet bleiben',
    keep: 'Konto anlegen',
    keepHint: 'Sie sind als Gast hier. Mit einem Konto behalten Sie Ihr Guthaben.',
    language: 'Sprache',
    theme: 'Darstellung',
    themes: { system: 'System', light: 'Hell', dark: 'Dunkel' },
  },
  verify: {
    title: 'E-Mail-Adresse bestätigen',
    guest: 'Melden Sie sich in dem Konto an, für das die E-Mail gesendet wurde.',
    verified: (email) => `${email} ist bestätigt.`,
    toAlerts: 'Hinweise auswählen',
    expired: 'Dieser Link ist abgelaufen oder unvollständig. Lassen Sie einen neuen senden.',
    otherAccount:
      'Dieser Link gehört zu einem anderen Konto. Melden Sie sich dort an und öffnen Sie ihn noch einmal.',
    failed: 'Ihre Adresse konnte nicht bestätigt werden. Bitte versuchen Sie es noch einmal.',
    again: 'Noch einmal versuchen',
    send: 'Bestätigungs-E-Mail senden',
    sendAnother: 'Noch eine E-Mail senden',
    sent: (email) => `An ${email} gesendet. Öffnen Sie den Link darin innerhalb von 24 Stunden.`,
    tooMany:
      'Für heute wurden genug E-Mails gesendet. Bitte sehen Sie im Posteingang und im Spam nach.',
    notSent: 'Die E-Mail konnte nicht gesendet werden. Bitte versuchen Sie es noch einmal.',
  },
  welcome: {
    headline: 'Machen Sie etwas. Und wissen Sie, was jeder Klick kostet.',
    lead: 'Bilder, Zusammenfassungen und QR-Codes. Der Preis steht auf dem Knopf, Ihr Stand ist immer aktuell, und was fehlschlägt, ist kostenlos.',
    draft: 'Karte ausprobieren',
    draftTitle: 'Was soll auf Ihrer Karte stehen?',
    draftStyle: 'Stil der Karte',
    sample: 'Unser neuer Leuchtturm öffnet am Freitag',
    watermark: 'Vorschau',
    previewOf: (title: string) => `Vorschau Ihrer Karte: ${title}`,
    previewHint:
      'Von Ihrem Browser gezeichnet, kostenlos. Melden Sie sich an oder fahren Sie als Gast fort, um die fertige Karte zu erzeugen; Ihr Text kommt mit.',
    guest: 'Als Gast weiter',
    guestHint: 'Ohne E-Mail. Ihr kostenloses Guthaben ist sofort da.',
    or: 'oder',
    signIn: 'Anmelden',
    signUp: 'Konto anlegen',
    name: 'Name',
    email: 'E-Mail',
    password: 'Passwort',
    passwordHint: 'Mindestens 8 Zeichen',
    toSignUp: 'Neu hier? Konto anlegen',
    toSignIn: 'Schon ein Konto? Anmelden',
    plans: 'Tarife und Preise ansehen',
    points: [
      { title: 'Erst der Preis', text: 'Jeder Knopf sagt, was er kostet, bevor Sie drücken.' },
      { title: 'Einmal bezahlt', text: 'Verbindungsabbruch oder Doppelklick kosten nie doppelt.' },
      { title: 'Fehler kosten nichts', text: 'Geht etwas schief, kommt das Guthaben zurück.' },
    ],
  },
}

const SIGN_IN_ERRORS: Partial<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'E-Mail und Passwort passen zu keinem Konto.',
  INVALID_EMAIL: 'Das ist keine gültige E-Mail-Adresse.',
  USER_ALREADY_EXISTS: 'Zu dieser E-Mail gibt es schon ein Konto. Melden Sie sich an.',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL:
    'Zu dieser E-Mail gibt es schon ein Konto. Melden Sie sich an.',
  PASSWORD_TOO_SHORT: 'Das Passwort ist zu kurz: Es braucht mindestens 8 Zeichen.',
  PASSWORD_TOO_LONG: 'Das Passwort ist zu lang.',
  VALIDATION_ERROR: 'Bitte prüfen Sie Ihre Eingabe.',
  TOO_MANY_REQUESTS: 'Zu viele Versuche. Bitte warten Sie einen Moment.',
}
