import type { SubscriptionStatus } from '../../core/subscription-row.ts'
import type { Html } from '../page-layout.ts'
import { tag, type Tone } from './page-parts.ts'

const TONES: Record<SubscriptionStatus, Tone> = {
  trialing: 'good',
  active: 'good',
  past_due: 'bad',
  cancellation_scheduled: 'warn',
  incomplete: 'bad',
  canceled: 'plain',
}

/** The status of a subscription as a coloured tag. */
export function statusTag(status: SubscriptionStatus): Html {
  return tag(status, TONES[status])
}
