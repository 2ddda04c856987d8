import type { Mail, SendMail } from '@tollgate/server'

/** Enough for an afternoon's work. */
const KEPT_MAX = 50

/** Captured e-mail, because no SMTP server is configured. */
export type MailOutbox = { send: SendMail; mails(): readonly Mail[] }

/** Keeps the newest e-mails in memory, newest first. */
export function createMailOutbox(): MailOutbox {
  const mails: Mail[] = []
  return {
    async send(mail) {
      mails.unshift(mail)
      mails.splice(KEPT_MAX)
    },
    mails: () => mails,
  }
}
