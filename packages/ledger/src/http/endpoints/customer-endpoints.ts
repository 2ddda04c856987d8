import { z } from 'zod'
import { readBalances } from '../../credits/read-balances.ts'
import { archiveCustomer } from '../../customers/archive-customer.ts'
import { createCustomer } from '../../customers/create-customer.ts'
import { currentCustomer } from '../../due/current-customer.ts'
import { requireCustomer } from '../../core/customer.ts'
import { anonymizeCustomer } from '../../customers/anonymize-customer.ts'
import { moveCustomer } from '../../customers/move-customer.ts'
import { readBilling } from '../../customers/read-billing.ts'
import { updateCustomer } from '../../customers/update-customer.ts'
import { notFound } from '../../core/ledger-error.ts'
import { showSubscription } from '../../subscriptions/show-subscription.ts'
import { readShownItems } from '../../subscriptions/read-shown-items.ts'
import {
  isInForce,
  readCurrentSubscription,
  readSubscriptions,
} from '../../core/subscription-row.ts'
import { billingSchema } from '../../core/schemas/billing.ts'
import { balanceSchema } from '../../core/schemas/credits.ts'
import {
  customerChangeSchema,
  customerSchema,
  newCustomerSchema,
} from '../../core/schemas/customer.ts'
import { subscriptionItemSchema, subscriptionSchema } from '../../core/schemas/subscription.ts'
import { endpoint } from '../endpoint.ts'
import { externalId } from '../../core/schemas/fields.ts'

/** Customers with their billing and balances. */
export const CUSTOMER_ENDPOINTS = [
  endpoint('POST /customers', {
    summary: 'Create a customer on the free plan, or find the one with this external id',
    body: z.object({ customer: newCustomerSchema }),
    answer: z.object({
      data: z.object({
        customer: customerSchema,
        subscription: subscriptionSchema.optional(),
        subscriptionItems: z.array(subscriptionItemSchema).optional(),
      }),
    }),
    handle: async ({ ledger, scope, body }) => {
      const customer = await createCustomer(ledger, { ...scope, customer: body.customer })
      const own = { ...scope, customerId: customer.id }
      const subscription = await readCurrentSubscription(ledger.database, own)
      if (!subscription) return { data: { customer } }
      const subscriptionItems = await readShownItems(ledger.database, {
        ...scope,
        subscriptionIds: [subscription.id],
      })
      return {
        data: { customer, subscription: showSubscription(subscription), subscriptionItems },
      }
    },
  }),
  endpoint('GET /customers/:externalId', {
    summary: 'Read a customer',
    answer: z.object({ customer: customerSchema }),
    handle: async ({ ledger, scope }) => ({
      customer: (await requireCustomer(ledger.database, scope)).customer,
    }),
  }),
  endpoint('PUT /customers/:externalId', {
    summary: 'Update a customer',
    body: z.object({ customer: customerChangeSchema }),
    answer: z.object({ customer: customerSchema }),
    handle: async ({ ledger, scope, body }) => ({
      customer: await updateCustomer(ledger, { ...scope, change: body.customer }),
    }),
  }),
  endpoint('POST /customers/:externalId/archive', {
    summary: 'Archive a customer: end its subscriptions and free the external id',
    answer: z.object({ customer: customerSchema }),
    handle: async ({ ledger, scope }) => ({ customer: await archiveCustomer(ledger, scope) }),
  }),
  endpoint('POST /customers/:externalId/anonymize', {
    summary: 'Remove what says who a customer is; what was bought and used stays',
    body: z.object({
      customer: z.object({ name: z.string().min(1).max(500), email: z.email() }),
    }),
    answer: z.object({ anonymized: z.literal(true) }),
    handle: async ({ ledger, scope, body }) => {
      await anonymizeCustomer(ledger, { ...scope, ...body.customer })
      return { anonymized: true as const }
    },
  }),
  endpoint('POST /customers/:externalId/move', {
    summary: 'Move credits, a paid plan and the payment history to another customer, once per key',
    body: z.object({
      move: z.object({ toExternalId: externalId, idempotencyKey: z.string().min(1).max(200) }),
    }),
    answer: z.object({ moved: z.literal(true) }),
    handle: async ({ ledger, scope: { organizationId, externalId }, body }) => {
      await moveCustomer(ledger, { ...body.move, organizationId, fromExternalId: externalId })
      return { moved: true as const }
    },
  }),
  endpoint('GET /customers/:externalId/billing', {
    summary: 'Read everything about a customer: plan, features, balances, invoices, catalogue',
    answer: billingSchema,
    handle: ({ ledger, scope }) => readBilling(ledger, scope),
  }),
  endpoint('GET /customers/:externalId/usage-balances', {
    summary: 'Read the balances of a customer, of all subscriptions in force or of one',
    query: z.object({ subscriptionId: z.string().optional() }),
    answer: z.object({ usageMeterBalances: z.array(balanceSchema) }),
    handle: async ({ ledger, scope, query }) => {
      const { id: customerId } = await currentCustomer(ledger, scope)
      const rows = await readSubscriptions(ledger.database, { ...scope, customerId })
      const wanted = query.subscriptionId
      const chosen = rows.filter((row) =>
        wanted === undefined ? isInForce(row) : row.id === wanted,
      )
      if (wanted !== undefined && chosen.length === 0) throw notFound('subscription', wanted)
      return {
        usageMeterBalances: await readBalances(ledger.database, {
          ...scope,
          subscriptionIds: chosen.map(({ id }) => id),
        }),
      }
    },
  }),
]
