import type { AlertService } from '@tollgate/api'
import type { Database } from '@tollgate/database'
import type { AlertChanges } from './create-alert-changes.ts'
import { dismissAlert, listAlerts, markAlertsRead } from './alert-rows.ts'
import { DEFAULT_PREFERENCES, readPreferences, writePreferences } from './preference-rows.ts'
import { dismissPrompt, readDismissedPrompts } from './prompt-rows.ts'

/** Makes what the API asks about alerts. */
export function createAlertService(options: {
  database: Database
  /** Other windows and devices of the customer show the same list. */
  changes: Pick<AlertChanges, 'notify'>
}): AlertService {
  const { database, changes } = options
  return {
    list: (customerId) => listAlerts(database, customerId),
    async markRead(customerId, alertIds) {
      await markAlertsRead(database, customerId, alertIds)
      await changes.notify([customerId])
    },
    async dismiss(customerId, alertId) {
      await dismissAlert(database, customerId, alertId)
      await changes.notify([customerId])
    },
    async preferences(customerId) {
      const known = await readPreferences(database, [customerId])
      return known.get(customerId) ?? DEFAULT_PREFERENCES
    },
    setPreferences: (customerId, preferences) =>
      writePreferences(database, customerId, preferences),
    dismissedPrompts: (customerId) => readDismissedPrompts(database, customerId),
    dismissPrompt: (customerId, promptId) => dismissPrompt(database, customerId, promptId),
  }
}
