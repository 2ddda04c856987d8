import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { SendMail } from '../alerts/send-mail.ts'
import type { Config } from '../config.ts'
import { createTeamMailer } from './create-team-mailer.ts'

/** Starts sending invitation and request e-mails if e-mail is configured; returns a function that stops it. */
export function startTeamMail(options: {
  database: Database
  config: Pick<Config, 'publicUrl'>
  /** Null if e-mail is not configured. */
  sendMail: SendMail | null
  logger: Logger
}): () => Promise<void> {
  const { database, config, sendMail, logger } = options
  if (!sendMail) return async () => {}
  const mailer = createTeamMailer({ database, publicUrl: config.publicUrl, sendMail, logger })
  mailer.start()
  return mailer.stop
}
