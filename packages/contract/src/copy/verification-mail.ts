import type { AlertLanguage } from '../alert.ts'

/** The text of the e-mail that verifies an address, in the reader's language; `url` is the verification link. */
export function verificationMail(mail: { language: AlertLanguage; url: string }): {
  subject: string
  text: string
} {
  const t = TEXTS[mail.language]
  return { subject: t.subject, text: `${t.open}\n${mail.url}\n\n${t.expected}\n` }
}

const EN = {
  subject: 'Verify your email address',
  open: 'Open this link, signed in to your account. It works once, for 24 hours:',
  expected:
    'If you did not create an account, there is nothing you need to do: nothing else is sent to this address.',
}

const TEXTS: Record<AlertLanguage, typeof EN> = {
  en: EN,
  de: {
    subject: 'Bestätigen Sie Ihre E-Mail-Adresse',
    open: 'Öffnen Sie diesen Link, angemeldet in Ihrem Konto. Er gilt einmal, 24 Stunden lang:',
    expected:
      'Falls Sie kein Konto angelegt haben, müssen Sie nichts tun: Weitere Nachrichten an diese Adresse gibt es nicht.',
  },
}
