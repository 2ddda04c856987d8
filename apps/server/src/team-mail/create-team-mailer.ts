import type { Logger } from '@tollgate/contract'
import { teamMail } from '@tollgate/contract/copy'
import type { Database } from '@tollgate/database'
import type { SendMail } from '../alerts/send-mail.ts'
import {
  createDeliverer,
  type Deliverer,
  type DeliveryResult,
} from '../deliveries/create-deliverer.ts'
import { claimTeamMail, recordTeamMail, type TeamMail } from './team-mail-rows.ts'

/** Creates a deliverer of invitation and request e-mails, each with the same id on every attempt. */
export function createTeamMailer(options: {
  database: Database
  publicUrl: string
  sendMail: SendMail
  logger: Logger
}): Deliverer {
  const { database, publicUrl, sendMail, logger } = options
  const { hostname } = new URL(publicUrl)

  async function deliver({ mailId, to, about, ...mail }: TeamMail): Promise<DeliveryResult> {
    if (about === null) return { failure: 'not needed any more', isFinal: true }
    if (to === null) return { failure: 'no verified address', isFinal: true }
    const path = about.kind === 'invitation' ? `/join?invitation=${about.id}` : '/team'
    const said = teamMail({ ...mail, about, url: `${publicUrl}${path}` })
    await sendMail({ messageId: `<${mailId}@${hostname}>`, to, ...said })
    return { failure: null, isFinal: true }
  }

  return createDeliverer({
    name: 'team mail',
    claim: (batch) => claimTeamMail(database, batch),
    deliver,
    record: (mail, outcome) => recordTeamMail(database, mail, outcome),
    identify: ({ mailId }) => ({ mailId }),
    logger,
  })
}
