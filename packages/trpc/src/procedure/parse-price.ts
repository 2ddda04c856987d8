import { type Catalog, isChargeable, nearestSlug } from '@tollgate/contract'
import type { DeclaredCost } from '@tollgate/metering'
import type { Amount, AnyPrice, ChargeOnce } from './price.ts'
import { PriceError } from './price-error.ts'

/** A price in the normalized form that the runtime uses. */
export type ParsedPrice = {
  /** With `least`, a call starts if at least that much is available. */
  charges: readonly { meter: string; amount: Amount<unknown>; least?: Amount<unknown> }[]
  settle: 'hold' | 'reported'
  feature: string | ((input: unknown) => string | null) | null
  deadlineMs: number | null
  chargeOnce: ChargeOnce
  fingerprint: ((input: unknown) => unknown) | null
  /** The description for agents; null for a procedure that is not offered to them. */
  tool: string | null
  /** The provider cost of its work. */
  cost: DeclaredCost | null
  example: unknown
  otherExample: unknown
}

/** Parses a price when its procedure is defined, so that a mistake fails at startup rather than in a call. */
export function parsePrice(catalog: Catalog, terms: AnyPrice): ParsedPrice {
  for (const field of Object.keys(terms)) checkSlug('field', field, FIELDS)
  const price: ParsedPrice = {
    ...chargesOf(terms),
    feature: terms.feature ?? null,
    deadlineMs: terms.deadlineMs ?? null,
    chargeOnce: terms.chargeOnce ?? 'per_key',
    fingerprint: terms.fingerprint ?? null,
    tool: terms.tool ?? null,
    cost: terms.cost ?? null,
    example: terms.example,
    otherExample: terms.otherExample,
  }
  if (price.charges.length === 0) throw new PriceError('has no charges. Name at least one meter.')
  for (const { meter, amount, least } of price.charges) {
    checkSlug('meter', meter, catalog.meters)
    checkAmount(meter, amount)
    if (least !== undefined) checkAmount(meter, least)
  }
  checkChargeOnce(price.chargeOnce)
  if (typeof price.feature === 'string') checkSlug('feature', price.feature, catalog.features)
  return price
}

function chargesOf(terms: AnyPrice): Pick<ParsedPrice, 'charges' | 'settle'> {
  if (terms.charges) {
    const charges = Object.entries(terms.charges).flatMap(([meter, amount]) =>
      amount === undefined ? [] : [{ meter, amount }],
    )
    return { charges, settle: terms.settle ?? 'hold' }
  }
  const { meter, amount } = terms
  if (typeof amount !== 'object') return { charges: [{ meter, amount }], settle: 'hold' }
  if (amount.settle !== 'reported') {
    throw new PriceError("has a hold and does not say how it is settled. Write settle: 'reported'.")
  }
  const { hold, settle } = amount
  if (typeof hold !== 'object') return { charges: [{ meter, amount: hold }], settle }
  return { charges: [{ meter, amount: hold.most, least: hold.least }], settle }
}

// The compiler rejects all of this too; these checks catch code that bypasses it.

const FIELDS: Record<keyof AnyPrice, true> = {
  meter: true,
  amount: true,
  charges: true,
  settle: true,
  feature: true,
  deadlineMs: true,
  chargeOnce: true,
  fingerprint: true,
  tool: true,
  cost: true,
  example: true,
  otherExample: true,
}

function checkAmount(meter: string, amount: unknown): void {
  if (typeof amount === 'function' || isChargeable(amount)) return
  throw new PriceError(
    `asks for ${String(amount)} of "${meter}". An amount is a whole number from 1 to 2147483647, or a function of the input.`,
  )
}

function checkChargeOnce(chargeOnce: unknown): void {
  if (chargeOnce === 'per_key' || chargeOnce === 'per_input') return
  const isByResult = typeof chargeOnce === 'object' && chargeOnce !== null && 'result' in chargeOnce
  if (isByResult && typeof chargeOnce.result === 'function') return
  throw new PriceError(
    "has an unknown chargeOnce. It is 'per_key', 'per_input' or { result: (output) => output.id }.",
  )
}

function checkSlug(kind: 'meter' | 'feature' | 'field', slug: string, known: object): void {
  if (Object.hasOwn(known, slug)) return
  const nearest = nearestSlug(slug, Object.keys(known))
  const hint = nearest ? ` Did you mean "${nearest}"?` : ''
  const cure = kind === 'field' ? '' : ' After editing pricing.yaml run `pnpm pricing:gen`.'
  throw new PriceError(`names the unknown ${kind} "${slug}".${hint}${cure}`)
}
