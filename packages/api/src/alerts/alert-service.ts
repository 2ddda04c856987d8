import type { Alert, AlertPreferences, CustomerId } from '@tollgate/contract'

/** A change of the preferences; an omitted or undefined field is unchanged. */
export type AlertPreferencesChange = {
  [Name in keyof AlertPreferences]?: AlertPreferences[Name] | undefined
}

/** The customer whose alerts are read and, in an organization, the member who reads them: each has its own read state. */
export type AlertReader = { customerId: CustomerId; memberId: string | null }

/** The alerts that the API needs; implemented by the server. */
export type AlertService = {
  /** Whether e-mail can be sent. */
  sendsEmail: boolean
  /** The newest alerts that were not dismissed, and how many are unread in total. */
  list(reader: AlertReader): Promise<{ alerts: Alert[]; unread: number }>
  /** Marks alerts as read by this reader. */
  markRead(reader: AlertReader, alertIds: readonly string[]): Promise<void>
  /** Removes an alert from this customer's list. */
  dismiss(customerId: CustomerId, alertId: string): Promise<void>
  /** Whether this customer's e-mail address was verified; otherwise no alert is sent to it. */
  isEmailVerified(customerId: CustomerId): Promise<boolean>
  /** Includes the secret that signs the customer's webhooks, if it gets any. */
  preferences(customerId: CustomerId): Promise<AlertPreferences & { webhookSecret: string | null }>
  /** Changes the given fields; a new webhook address gets a new secret. */
  setPreferences(customerId: CustomerId, change: AlertPreferencesChange): Promise<void>
  /** Why webhooks cannot be posted to an address; null when they can. */
  webhookAddressProblem(address: string): string | null
  /** Ids of upgrade prompts that the customer closed. */
  dismissedPrompts(customerId: CustomerId): Promise<string[]>
  dismissPrompt(customerId: CustomerId, promptId: string): Promise<void>
}
