import { z } from 'zod'
import { at, id, record } from './record.ts'
import { subscriptionStatus } from './subscription-status.ts'

/** A customer. */
export const customerSchema = z.object({
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

/** A customer in search results, with their plan. */
export const foundCustomerSchema = z.object({
  id,
  externalId: z.string(),
  name: z.string(),
  email: z.string(),
  createdAt: at,
  planName: z.string().nullable(),
  status: subscriptionStatus.nullable(),
})
export type FoundCustomer = z.output<typeof foundCustomerSchema>
