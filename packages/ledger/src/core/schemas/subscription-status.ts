import { z } from 'zod'

/** The states of a subscription. */
export const subscriptionStatus = z.enum([
  'trialing',
  'active',
  'past_due',
  'cancellation_scheduled',
  'incomplete',
  'canceled',
])
