import type { AlertLanguage, Logger } from '@tollgate/contract'
import { verificationMail } from '@tollgate/contract/copy'
import type { Database } from '@tollgate/database'
import { APIError } from 'better-auth/api'
import type { SendMail } from '../alerts/send-mail.ts'

/** Sends the mail that verifies an address; throws when it could not be sent. */
export type SendVerificationMail = (
  verified: { user: { id: string; email: string }; token: string },
  request?: Request,
) => Promise<void>

/**
 * Creates a sender of verification mails. Their link leads to our own page, whatever return address was requested, so that our mails cannot
 * be abused to link to a foreign page.
 */
export function createVerificationMail(options: {
  database: Database
  publicUrl: string
  sendMail: SendMail
  newId: () => string
  logger: Logger
}): SendVerificationMail {
  const { database, publicUrl, sendMail, newId, logger } = options
  const { hostname } = new URL(publicUrl)

  return async function sendVerificationMail({ user, token }, request) {
    const sending = send({ user, token }, request).catch((error: unknown) => {
      logger.warn({ error, userId: user.id }, 'auth: verification mail failed')
      return NOT_SENT
    })
    // The account exists whether or not its mail is sent; another one can be requested.
    if (request?.url.endsWith('/sign-up/email')) return
    if ((await sending) === NOT_SENT) throw new APIError('SERVICE_UNAVAILABLE', NOT_SENT)
  }

  async function send(
    { user, token }: Parameters<SendVerificationMail>[0],
    request: Request | undefined,
  ): Promise<void> {
    const language = (await readLanguage(database, user.id)) ?? languageAskedFor(request)
    const url = `${publicUrl}/verify?token=${token}`
    const messageId = `<${newId()}@${hostname}>`
    await sendMail({ messageId, to: user.email, ...verificationMail({ language, url }) })
  }
}

const NOT_SENT = {
  code: 'MAIL_NOT_SENT',
  message: 'The mail could not be sent. Try again in a few minutes.',
}

async function readLanguage(database: Database, userId: string): Promise<AlertLanguage | null> {
  const [row] = await database.query<{ language: AlertLanguage }>({
    name: 'auth_read_language',
    text: `select p.language from auth_user u join alert_preference p on p.customer_id = u."customerId" where u.id = $1`,
    values: [userId],
  })
  return row?.language ?? null
}

/** A user who has not chosen a language gets the one that the browser prefers. */
function languageAskedFor(request: Request | undefined): AlertLanguage {
  return /^de\b/i.test(request?.headers.get('accept-language') ?? '') ? 'de' : 'en'
}
