import { createHash } from 'node:crypto'

/** What an alert is about; there is one alert for it. */
export type AlertKey = {
  customerId: string
  /** Always `customer`: members, keys and runs have limits, but no alerts. */
  subject: string
  meter: string
  /** The start of the billing period; `always` without one. */
  period: string
  threshold: number
}

/** The id of an alert: the same in every process and after a restore, so that receivers can deduplicate. */
export function alertId({ customerId, subject, meter, period, threshold }: AlertKey): string {
  const key = JSON.stringify([customerId, subject, meter, period, threshold])
  return `alrt_${createHash('sha256').update(key).digest('base64url').slice(0, 24)}`
}
