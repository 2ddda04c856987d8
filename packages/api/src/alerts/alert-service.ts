import type { Alert, AlertPreferences, CustomerId } from '@tollgate/contract'

/** What the API needs of alerts; the server has them. */
export type AlertService = {
  /** The newest alerts that were not dismissed, and how many of all are unread. */
  list(customerId: CustomerId): Promise<{ alerts: Alert[]; unread: number }>
  /** Marks alerts of this customer as read. */
  markRead(customerId: CustomerId, alertIds: readonly string[]): Promise<void>
  /** Takes an alert of this customer off its list. */
  dismiss(customerId: CustomerId, alertId: string): Promise<void>
  preferences(customerId: CustomerId): Promise<AlertPreferences>
  setPreferences(customerId: CustomerId, preferences: AlertPreferences): Promise<void>
  /** Ids of upgrade prompts that the customer closed. */
  dismissedPrompts(customerId: CustomerId): Promise<string[]>
  dismissPrompt(customerId: CustomerId, promptId: string): Promise<void>
}
