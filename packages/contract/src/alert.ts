/** Used shares, in percent, at which a customer can be alerted. */
export const ALERT_THRESHOLDS = [50, 80, 95, 100] as const

/** One of the shares at which a customer can be alerted, in percent. */
export type AlertThreshold = (typeof ALERT_THRESHOLDS)[number]

/** A used share that was reached: at most once per subject, meter, threshold and billing period. */
export type Alert = {
  /** Derived from what the alert is about, so that every channel and every retry has the same id. */
  id: string
  meter: string
  threshold: AlertThreshold
  /** Credits used, of those granted, when it was raised. */
  used: number
  granted: number
  /** When the meter resets; null when it does not. */
  resetsAt: string | null
  raisedAt: string
  isRead: boolean
}

/** Which alerts a customer wants, and where they are sent besides the list in the application. */
export type AlertPreferences = {
  thresholds: AlertThreshold[]
  /** Whether alerts also go out by e-mail. */
  email: boolean
  /** The language of e-mails. */
  language: AlertLanguage
  /** The webhook that alerts are also posted to; null for none. */
  webhookUrl: string | null
}

/** A language in which e-mails are written. */
export type AlertLanguage = 'en' | 'de'
