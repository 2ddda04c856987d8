import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { SendMail } from '../alerts/send-mail.ts'
import type { Config } from '../config.ts'
import { createTeamMailer } from './create-team-mailer.ts'

/** Starts sending e-mail about invitations and requests, where e-mail can be sent; answers how to stop it. */
export function startTeamMail(options: {
  database: Database
  config: Pick<Config, 'publicUrl'>
  /** Null where there is no way to send e-mail. */
  sendMail: SendMail | null
  logger: Logger
}): () => Promise<void> {
  const { database, config, sendMail, logger } = options
  if (!sendMail) return async () => {}
  const mailer = createTeamMailer({ database, publicUrl: config.publicUrl, sendMail, logger })
  mailer.start()
  return mailer.stop
}
