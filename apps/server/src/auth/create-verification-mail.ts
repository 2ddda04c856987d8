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
 * Makes a sender of the mail that verifies an address. Its link leads to a page of our own, whatever return address was asked for,
 * so that no one can have us send a link to a foreign page.
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
    // An account is made at once and however its mail fares; another one can be asked for.
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

/** Someone who has chosen nothing yet reads the language that the browser asks for first. */
function languageAskedFor(request: Request | undefined): AlertLanguage {
  return /^de\b/i.test(request?.headers.get('accept-language') ?? '') ? 'de' : 'en'
}
