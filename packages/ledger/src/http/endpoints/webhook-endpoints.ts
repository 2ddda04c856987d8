import { z } from 'zod'
import { WEBHOOK_TYPES, type WebhookType } from '../../core/announce.ts'
import {
  createWebhook,
  readDeliveries,
  readWebhooks,
  replayDelivery,
  updateWebhook,
} from '../../webhooks/webhook-endpoints.ts'
import { endpoint } from '../endpoint.ts'

const isWebhookType = (value: unknown): value is WebhookType =>
  WEBHOOK_TYPES.some((type) => type === value)
const filterTypes = z
  .array(z.custom<WebhookType>(isWebhookType, `one of ${WEBHOOK_TYPES.join(', ')}`))
  .min(1)
const url = z.url({ protocol: /^https?$/ }).max(2_000)

/** Webhook endpoints, deliveries and replay. */
export const WEBHOOK_ENDPOINTS = [
  endpoint({
    method: 'get',
    path: '/webhooks',
    summary: 'List webhook endpoints',
    handle: async ({ ledger, organizationId }) => ({
      data: await readWebhooks(ledger, organizationId),
    }),
  }),
  endpoint({
    method: 'post',
    path: '/webhooks',
    summary: 'Add a webhook endpoint; its signing secret is in this answer alone',
    body: z.object({ webhook: z.object({ url, filterTypes: filterTypes.optional() }) }),
    handle: ({ ledger, organizationId, body }) =>
      createWebhook(ledger, { organizationId, ...body.webhook }),
  }),
  endpoint({
    method: 'get',
    path: '/webhooks/deliveries',
    summary: 'List webhook deliveries, newest first',
    query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
    handle: async ({ ledger, organizationId, query }) => ({
      data: await readDeliveries(ledger, { organizationId, limit: query.limit }),
    }),
  }),
  endpoint({
    method: 'post',
    path: '/webhooks/deliveries/:eventId/replay',
    summary: 'Deliver an event again under the same id',
    handle: async ({ ledger, organizationId, params }) => ({
      replayed: await replayDelivery(ledger, { organizationId, eventId: params['eventId'] ?? '' }),
    }),
  }),
  endpoint({
    method: 'put',
    path: '/webhooks/:id',
    summary: 'Change a webhook endpoint or switch it off',
    body: z.object({
      webhook: z.object({
        url: url.optional(),
        filterTypes: filterTypes.optional(),
        active: z.boolean().optional(),
      }),
    }),
    handle: async ({ ledger, organizationId, params, body }) => ({
      webhook: await updateWebhook(ledger, {
        organizationId,
        webhookId: params['id'] ?? '',
        ...body.webhook,
      }),
    }),
  }),
]
