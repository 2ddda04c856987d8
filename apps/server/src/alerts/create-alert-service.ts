import { randomBytes } from 'node:crypto'
import type { AlertService } from '@tollgate/api'
import type { CustomerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { dismissAlert, listAlerts, markAlertsRead } from './alert-rows.ts'
import type { AlertChanges } from './create-alert-changes.ts'
import type { AlertSender } from './deliver-alert.ts'
import {
  DEFAULT_PREFERENCES,
  readPreferences,
  type StoredPreferences,
  writePreferences,
} from './preference-rows.ts'
import { dismissPrompt, readDismissedPrompts } from './prompt-rows.ts'
import { readEmailVerified } from './read-email-verified.ts'
import { webhookAddressProblem } from './webhook-address.ts'

/** Creates the alert service that the API calls. */
export function createAlertService(options: {
  database: Database
  /** Updates the customer's other windows and devices. */
  changes: Pick<AlertChanges, 'notify'>
  sender: Pick<AlertSender, 'isDevelopment' | 'sendMail'>
}): AlertService {
  const { database, changes, sender } = options

  async function preferencesOf(customerId: CustomerId): Promise<StoredPreferences> {
    const known = await readPreferences(database, [customerId])
    return known.get(customerId) ?? DEFAULT_PREFERENCES
  }

  return {
    sendsEmail: sender.sendMail !== null,
    list: (reader) => listAlerts(database, reader),
    async markRead(reader, alertIds) {
      await markAlertsRead(database, reader, alertIds)
      await changes.notify([reader.customerId])
    },
    async dismiss(customerId, alertId) {
      await dismissAlert(database, customerId, alertId)
      await changes.notify([customerId])
    },
    isEmailVerified: (customerId) => readEmailVerified(database, customerId),
    preferences: preferencesOf,
    async setPreferences(customerId, change) {
      const known = await preferencesOf(customerId)
      const webhookUrl = change.webhookUrl === undefined ? known.webhookUrl : change.webhookUrl
      await writePreferences(database, customerId, {
        thresholds: change.thresholds ?? known.thresholds,
        email: change.email ?? known.email,
        language: change.language ?? known.language,
        webhookUrl,
        webhookSecret: secretFor(webhookUrl, known),
      })
    },
    webhookAddressProblem: (address) => webhookAddressProblem(address, sender),
    dismissedPrompts: (customerId) => readDismissedPrompts(database, customerId),
    dismissPrompt: (customerId, promptId) => dismissPrompt(database, customerId, promptId),
  }
}

/** The previous receiver must not be able to sign webhooks for the new one. */
function secretFor(webhookUrl: string | null, known: StoredPreferences): string | null {
  if (webhookUrl === null) return null
  if (webhookUrl === known.webhookUrl) return known.webhookSecret
  return `whsec_${randomBytes(24).toString('base64')}`
}
