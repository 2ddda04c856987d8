import { z } from 'zod'
import { at, id } from './record.ts'

/** Every kind of event, in the order of the documentation. */
export const webhookType = z.enum([
  'customer.created',
  'customer.updated',
  'purchase.completed',
  'payment.failed',
  'payment.succeeded',
  'subscription.created',
  'subscription.updated',
  'subscription.canceled',
])
export type WebhookType = z.output<typeof webhookType>

/** A receiver of webhooks. */
export const webhookSchema = z.object({
  id,
  url: z.string(),
  filterTypes: z.array(webhookType),
  active: z.boolean(),
  createdAt: at,
})
export type WebhookEndpoint = z.output<typeof webhookSchema>

/** One delivery of one event to one endpoint. */
export const webhookDeliverySchema = z.object({
  eventId: id,
  endpointId: id,
  type: webhookType,
  payload: z.unknown(),
  url: z.string(),
  status: z.enum(['pending', 'delivered', 'failed']),
  attempts: z.int().min(0),
  lastStatus: z.int().nullable(),
  lastError: z.string().nullable(),
  createdAt: at,
})
export type WebhookDelivery = z.output<typeof webhookDeliverySchema>
