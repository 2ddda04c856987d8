import { CUSTOMER_TEXT_MAX } from '@tollgate/contract'
import { z } from 'zod'
import { externalId } from './fields.ts'
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

const text = z.string().max(CUSTOMER_TEXT_MAX)
const optionalText = text.nullish()

/** A customer to create. */
export const newCustomerSchema = z.object({
  externalId,
  email: text,
  name: text,
  pricingModelId: id.optional(),
  domain: optionalText,
  iconURL: optionalText,
  logoURL: optionalText,
  userId: optionalText,
  billingAddress: z.unknown().optional(),
})
export type NewCustomer = z.output<typeof newCustomerSchema>

/** The changeable fields of a customer; omitted ones are unchanged. */
export const customerChangeSchema = newCustomerSchema
  .omit({ externalId: true, pricingModelId: true })
  .partial()
export type CustomerChange = z.output<typeof customerChangeSchema>
