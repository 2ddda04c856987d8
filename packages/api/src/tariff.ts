import { isChargeable } from '@tollgate/contract'
import { catalog, type FeatureSlug, type MeterSlug } from '@tollgate/contract/catalog'
import { nearestSlug } from '@tollgate/contract/pricing'
import type { UnavailablePolicy } from '@tollgate/metering'
import { z } from 'zod'
import type { Amount, Price } from './price.ts'
import type { BilledMeta } from './trpc.ts'

/** A price in the one form that is worked with at run time. */
export type Tariff = {
  charges: readonly { meter: MeterSlug; amount: Amount<unknown> }[]
  settle: 'hold' | 'reported'
  feature: FeatureSlug | ((input: unknown) => FeatureSlug | null) | null
  whenUnavailable: UnavailablePolicy
  deadlineMs: number | null
  example: unknown
  otherExample: unknown
}

/** Reads a price when its procedure is defined; a mistake stops the program there, not in front of a customer. */
export function tariffOf(price: Price<unknown, unknown>, input: z.ZodType | null): Tariff {
  checkFields(price)
  const tariff = {
    ...chargesOf(price),
    feature: price.feature ?? null,
    whenUnavailable: price.whenUnavailable ?? 'closed',
    deadlineMs: price.deadlineMs ?? null,
    example: price.example,
    otherExample: price.otherExample,
  }
  if (tariff.charges.length === 0) throw new PriceError('has no charges. Name at least one meter.')
  for (const { meter, amount } of tariff.charges) checkCharge(meter, amount)
  if (new Set(tariff.charges.map(({ meter }) => meter)).size < tariff.charges.length) {
    throw new PriceError('names a meter twice. Add its amounts up.')
  }
  if (typeof tariff.feature === 'string') checkSlug('feature', tariff.feature, catalog.features)
  if (input) checkExample(input, price.example)
  if (input && price.otherExample !== undefined) checkExample(input, price.otherExample)
  return tariff
}

/** A tariff as data, for the catalog and the conformance kit; amounts that depend on the input are null. */
export function describeTariff(tariff: Tariff): BilledMeta {
  const { charges, settle, feature, whenUnavailable, example, otherExample } = tariff
  return {
    charges: charges.map(({ meter, amount }) => ({
      meter,
      amount: typeof amount === 'number' ? amount : null,
    })),
    settle,
    feature: typeof feature === 'function' ? 'by_input' : feature,
    whenUnavailable,
    example,
    ...(otherExample === undefined ? {} : { otherExample }),
  }
}

/** A billed procedure was written with a price that cannot be charged. */
export class PriceError extends Error {
  override readonly name = 'PriceError'
  readonly code = 'PRICE_INVALID'

  constructor(problem: string) {
    // Thrown while modules load, so only a developer reads it.
    super(`The price of a billed procedure ${problem} Guide: errors#price-invalid`)
  }
}

function chargesOf(price: Price<unknown, unknown>): Pick<Tariff, 'charges' | 'settle'> {
  if (price.charges) return { charges: price.charges, settle: price.settle ?? 'hold' }
  const { meter, amount } = price
  if (typeof amount !== 'object') return { charges: [{ meter, amount }], settle: 'hold' }
  if (amount.settle !== 'reported') {
    throw new PriceError("has a hold and does not say how it is settled. Write settle: 'reported'.")
  }
  return { charges: [{ meter, amount: amount.hold }], settle: amount.settle }
}

// The compiler refuses all of this too; here it stops what was written past the compiler.

const FIELDS: Record<keyof Price<unknown, unknown> | 'settle' | 'charges', true> = {
  meter: true,
  amount: true,
  charges: true,
  settle: true,
  feature: true,
  whenUnavailable: true,
  deadlineMs: true,
  example: true,
  otherExample: true,
}

function checkFields(price: Price<unknown, unknown>): void {
  for (const field of Object.keys(price)) checkSlug('field', field, FIELDS)
}

function checkCharge(meter: string, amount: unknown): void {
  checkSlug('meter', meter, catalog.meters)
  if (typeof amount === 'function' || isChargeable(amount)) return
  throw new PriceError(
    `asks for ${String(amount)} of "${meter}". An amount is a whole number from 1 to 2147483647, or a function of the input.`,
  )
}

function checkSlug(kind: 'meter' | 'feature' | 'field', slug: string, known: object): void {
  if (Object.hasOwn(known, slug)) return
  const nearest = nearestSlug(slug, Object.keys(known))
  const hint = nearest ? ` Did you mean "${nearest}"?` : ''
  const cure = kind === 'field' ? '' : ' After editing pricing.yaml run `pnpm pricing:gen`.'
  throw new PriceError(`names the unknown ${kind} "${slug}".${hint}${cure}`)
}

function checkExample(input: z.ZodType, example: unknown): void {
  const parsed = input.safeParse(example)
  if (parsed.success) return
  throw new PriceError(
    `has an example that its own input refuses: ${z.prettifyError(parsed.error)}`,
  )
}
