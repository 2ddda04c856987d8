import { z } from 'zod'
import { intervalUnit } from '../../core/pricing-model.ts'

/** A display name. */
export const name = z.string().min(1).max(200)

/** An identifier. */
export const slug = z.string().regex(/^[a-z0-9_]{1,64}$/, 'a slug is 1–64 of a-z 0-9 _')

const label = z.string().max(500).nullish()

/** A product in a request. */
export const product = z.object({
  name,
  slug: slug.nullish(),
  active: z.boolean().optional(),
  description: label,
  imageURL: label,
  singularQuantityLabel: label,
  pluralQuantityLabel: label,
})

const shared = {
  slug: slug.nullish(),
  name: name.nullish(),
  unitPrice: z.int().min(0).max(2_147_483_647),
}

/** A price in a request; usage prices belong to meters. */
export const price = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('subscription'),
    ...shared,
    intervalUnit: intervalUnit.default('month'),
    intervalCount: z.int().min(1).max(1_000).default(1),
    trialPeriodDays: z.int().min(0).max(730).nullish(),
  }),
  z.object({ type: z.literal('single_payment'), ...shared }),
])
