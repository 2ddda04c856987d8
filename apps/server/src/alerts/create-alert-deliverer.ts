import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { createDeliverer, type Deliverer } from '../deliveries/create-deliverer.ts'
import { type AlertSender, deliverAlert } from './deliver-alert.ts'
import { claimDeliveries, recordDelivery } from './delivery-rows.ts'

/** Makes a deliverer of alerts by e-mail and webhook. */
export function createAlertDeliverer(options: {
  database: Database
  sender: AlertSender
  logger: Logger
}): Deliverer {
  const { database, sender, logger } = options
  return createDeliverer({
    name: 'alerts',
    claim: (batch) => claimDeliveries(database, batch),
    deliver: (delivery) => deliverAlert(sender, delivery),
    record: (delivery, outcome) => recordDelivery(database, delivery, outcome),
    identify: ({ alertId, channel }) => ({ alertId, channel }),
    logger,
  })
}
