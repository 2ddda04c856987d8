import type { Alert, AlertPreferences, CustomerId } from '@tollgate/contract'

/** What to change of the preferences; what is left out or undefined stays as it is. */
export type AlertPreferencesChange = {
  [Name in keyof AlertPreferences]?: AlertPreferences[Name] | undefined
}

/** Whose alerts are read, and by which member where the customer is an organization: each has read what it has seen itself. */
export type AlertReader = { customerId: CustomerId; memberId: string | null }

/** What the API needs of alerts; the server has them. */
export type AlertService = {
  /** Whether there is a way to send e-mail. */
  sendsEmail: boolean
  /** The newest alerts that were not dismissed, and how many of all are unread. */
  list(reader: AlertReader): Promise<{ alerts: Alert[]; unread: number }>
  /** Marks alerts as read by this reader. */
  markRead(reader: AlertReader, alertIds: readonly string[]): Promise<void>
  /** Takes an alert of this customer off its list. */
  dismiss(customerId: CustomerId, alertId: string): Promise<void>
  /** Whether the e-mail address of this customer was verified; without that no alert is sent to it. */
  isEmailVerified(customerId: CustomerId): Promise<boolean>
  /** With the secret that signs the customer's webhooks, if it gets any. */
  preferences(customerId: CustomerId): Promise<AlertPreferences & { webhookSecret: string | null }>
  /** Changes what is given and leaves the rest; another webhook address gets another secret. */
  setPreferences(customerId: CustomerId, change: AlertPreferencesChange): Promise<void>
  /** Why webhooks cannot be posted to an address; null when they can. */
  webhookAddressProblem(address: string): string | null
  /** Ids of upgrade prompts that the customer closed. */
  dismissedPrompts(customerId: CustomerId): Promise<string[]>
  dismissPrompt(customerId: CustomerId, promptId: string): Promise<void>
}
