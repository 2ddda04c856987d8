import { z } from 'zod'

/** Flowglad's SDK puts external ids into a path unescaped, so only these characters are allowed. */
export const externalId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'an external id is 1–64 of A-Z a-z 0-9 _ -')

/** An integer of at least one that fits Flowglad's column. */
export const amount = z
  .int('an amount is a whole number')
  .min(1, 'an amount is at least 1')
  .max(2_147_483_647, 'an amount is at most 2147483647')

/** A quantity of a price. */
export const quantity = z.int().min(1).max(1_000_000)

/** An instant, as epoch milliseconds or ISO text; the API answers with milliseconds. */
export const instant = z.union([
  z.int().min(0),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
])

/** The caller's own data, stored unchanged. */
export const metadata = z.record(z.string(), z.unknown())

/** The cursor and size of a page. */
export const page = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

/** A price by its id or its slug, exactly one of them. */
export const priceReference = { priceId: z.string().optional(), priceSlug: z.string().optional() }

/** Checks that exactly one of them is given. */
export function namesOnePrice(value: {
  priceId?: string | undefined
  priceSlug?: string | undefined
}) {
  return (value.priceId === undefined) !== (value.priceSlug === undefined)
}

/** The error message when both or neither are given. */
export const ONE_PRICE = 'give exactly one of priceId and priceSlug'
