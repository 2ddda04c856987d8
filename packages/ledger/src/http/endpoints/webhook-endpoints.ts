import { z } from 'zod'
import { webhookDeliverySchema, webhookSchema, webhookType } from '../../core/schemas/webhook.ts'
import {
  createWebhook,
  readDeliveries,
  readWebhooks,
  replayDelivery,
  updateWebhook,
} from '../../webhooks/webhook-endpoints.ts'
import { endpoint } from '../endpoint.ts'

const filterTypes = z.array(webhookType).min(1)
const url = z.url({ protocol: /^https?$/ }).max(2_000)

/** Webhook endpoints, deliveries and replay. */
export const WEBHOOK_ENDPOINTS = [
  endpoint('GET /webhooks', {
    summary: 'List webhook endpoints',
    answer: z.object({ data: z.array(webhookSchema) }),
    handle: async ({ ledger, scope }) => ({
      data: await readWebhooks(ledger, scope.organizationId),
    }),
  }),
  endpoint('POST /webhooks', {
    summary: 'Add a webhook endpoint; its signing secret is in this answer alone',
    body: z.object({ webhook: z.object({ url, filterTypes: filterTypes.optional() }) }),
    answer: z.object({ webhook: webhookSchema, secret: z.string() }),
    handle: ({ ledger, scope, body }) => createWebhook(ledger, { ...body.webhook, ...scope }),
  }),
  endpoint('GET /webhooks/deliveries', {
    summary: 'List webhook deliveries, newest first',
    query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
    answer: z.object({ data: z.array(webhookDeliverySchema) }),
    handle: async ({ ledger, scope, query }) => ({
      data: await readDeliveries(ledger, { ...query, ...scope }),
    }),
  }),
  endpoint('POST /webhooks/deliveries/:eventId/replay', {
    summary: 'Deliver an event again under the same id',
    answer: z.object({ replayed: z.int().min(1) }),
    handle: async ({ ledger, scope }) => ({ replayed: await replayDelivery(ledger, scope) }),
  }),
  endpoint('PUT /webhooks/:webhookId', {
    summary: 'Change a webhook endpoint or switch it off',
    body: z.object({
      webhook: z.object({
        url: url.optional(),
        filterTypes: filterTypes.optional(),
        active: z.boolean().optional(),
      }),
    }),
    answer: z.object({ webhook: webhookSchema }),
    handle: async ({ ledger, scope, body }) => ({
      webhook: await updateWebhook(ledger, { ...body.webhook, ...scope }),
    }),
  }),
]
