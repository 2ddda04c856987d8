import { createTransport } from 'nodemailer'

/** An e-mail; receivers deduplicate by its message id. */
export type Mail = { messageId: string; to: string; subject: string; text: string }

/** Sends one e-mail, or throws. */
export type SendMail = (mail: Mail) => Promise<void>

/** Shorter than a delivery stays claimed. */
const TIMEOUT_MS = 10_000

/** Makes a sender over SMTP. */
export function createSendMail(options: { smtpUrl: string; from: string }): SendMail {
  const transport = createTransport({
    url: options.smtpUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  })
  return async (mail) => {
    await transport.sendMail({ from: options.from, ...mail })
  }
}
