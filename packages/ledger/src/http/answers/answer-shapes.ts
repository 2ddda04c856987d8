import { z } from 'zod'
import { at, id, record } from './record.ts'

/** A customer. */
export const customerAnswer = z.object({
  ...record,
  organizationId: id,
  externalId: z.string(),
  pricingModelId: id,
  email: z.string(),
  name: z.string(),
  archived: z.boolean(),
  domain: z.string().nullable(),
  iconURL: z.string().nullable(),
  logoURL: z.string().nullable(),
  userId: z.string().nullable(),
  billingAddress: z.unknown(),
  invoiceNumberBase: z.string(),
})

/** A usage event. */
export const usageEventAnswer = z.object({
  ...record,
  customerId: id,
  subscriptionId: id,
  usageMeterId: id,
  billingPeriodId: id,
  amount: z.int().min(1),
  usageDate: at,
  transactionId: z.string(),
  priceId: id,
  properties: z.record(z.string(), z.unknown()).nullable(),
  pricingModelId: id,
})

/** A usage event as a reconciliation compares it. */
export const listedUsageAnswer = z.object({
  id,
  transactionId: z.string(),
  usageMeterSlug: z.string(),
  amount: z.int().min(1),
  usageDate: at,
  subscriptionId: id,
  properties: z.record(z.string(), z.unknown()).nullable(),
})

/** One meter of a subscription; the last five fields are our own. */
export const balanceAnswer = z.object({
  ...record,
  organizationId: id,
  pricingModelId: id,
  slug: z.string(),
  name: z.string(),
  aggregationType: z.enum(['sum', 'count_distinct_properties']),
  subscriptionId: id,
  availableBalance: z.int(),
  usedBalance: z.int(),
  balanceLimit: z.int(),
  resetsAt: at.nullable(),
  unlimited: z.boolean(),
  breakdown: z.array(
    z.object({
      source: z.enum(['plan', 'topup', 'grant']),
      name: z.string(),
      granted: z.int(),
      remaining: z.int(),
      expiresAt: at.nullable(),
    }),
  ),
})

/** One ledger entry. */
export const ledgerEntryAnswer = z.object({
  id: z.int(),
  kind: z.enum([
    'grant',
    'usage',
    'expiry',
    'expiry_reversal',
    'revocation',
    'reversal',
    'transfer_in',
    'transfer_out',
    'settlement',
  ]),
  debitAccount: z.string(),
  creditAccount: z.string(),
  amount: z.int().min(1),
  usageMeterSlug: z.string(),
  subscriptionId: id,
  grantName: z.string().nullable(),
  usageEventId: id.nullable(),
  transactionId: z.string().nullable(),
  operationId: z.string().nullable(),
  note: z.string().nullable(),
  occurredAt: at,
})

/** A customer as a search finds them. */
export const foundCustomerAnswer = z.object({
  id,
  externalId: z.string(),
  name: z.string(),
  email: z.string(),
  createdAt: at,
  planName: z.string().nullable(),
  status: z.string().nullable(),
})

/** Injected faults. */
export const faultsAnswer = z.object({
  failingPayments: z.int().min(0),
  down: z.boolean(),
  latencyMs: z.int().min(0),
  duplicateDeliveries: z.boolean(),
})

/** What was used of one meter on one day. */
export const dayOfUsageAnswer = z.object({
  day: z.iso.date(),
  usageMeterSlug: z.string(),
  amount: z.int().min(0),
  events: z.int().min(1),
})

/** What existing subscriptions of a plan gain. */
export const planMigrationAnswer = z.object({
  data: z.array(
    z.object({
      customerExternalId: z.string(),
      subscriptionId: id,
      outcome: z.enum(['would_change', 'changed', 'unpaid']),
      gains: z.array(
        z.object({
          featureSlug: z.string(),
          usageMeterSlug: z.string().nullable(),
          amountBefore: z.int().nullable(),
          amountAfter: z.int().nullable(),
        }),
      ),
    }),
  ),
  examined: z.int().min(0),
  nextCursor: z.string().nullable(),
})
