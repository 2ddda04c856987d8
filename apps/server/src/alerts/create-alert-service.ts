import type { AlertService } from '@tollgate/api'
import type { Database } from '@tollgate/database'
import { dismissAlert, listAlerts, markAlertsRead } from './alert-rows.ts'
import { DEFAULT_PREFERENCES, readPreferences, writePreferences } from './preference-rows.ts'
import { dismissPrompt, readDismissedPrompts } from './prompt-rows.ts'

/** Makes what the API asks about alerts. */
export function createAlertService({ database }: { database: Database }): AlertService {
  return {
    list: (customerId) => listAlerts(database, customerId),
    markRead: (customerId, alertIds) => markAlertsRead(database, customerId, alertIds),
    dismiss: (customerId, alertId) => dismissAlert(database, customerId, alertId),
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
