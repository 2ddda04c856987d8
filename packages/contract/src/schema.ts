import { z } from 'zod'
import { isOperationKey } from './ids.ts'
import type { MeterSlug, PriceSlug } from './catalog.gen.ts'
import { isMeterSlug, isPriceSlug } from './known-slugs.ts'

/** A usage meter of pricing.yaml. */
export const meterSlugSchema = z.custom<MeterSlug>(
  (value) => typeof value === 'string' && isMeterSlug(value),
  'not a meter of pricing.yaml',
)

/** A price of pricing.yaml. */
export const priceSlugSchema = z.custom<PriceSlug>(
  (value) => typeof value === 'string' && isPriceSlug(value),
  'not a price of pricing.yaml',
)

/** An operation key as a client may send it. */
export const operationKeySchema = z.string().refine(isOperationKey, '16–64 of A-Z a-z 0-9 _ -')
