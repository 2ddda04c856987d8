import type { ParsedPrice } from './parse-price.ts'

/** A price as data, in the meta of its procedure: for the catalog and the conformance kit. Amounts that depend on the input are null. */
export type PriceDescription = {
  charges: { meter: string; amount: number | null }[]
  settle: 'hold' | 'reported'
  /** A slug, or `by_input`. */
  feature: string | null
  chargeOnce: 'per_key' | 'per_input' | 'per_result'
  /** The description for agents, if it is offered to them as a tool. */
  tool?: string
  /** An input that the procedure accepts. */
  example: unknown
  /** Another one, if given. */
  otherExample?: unknown
}

/** Describes a price for the meta of its procedure. */
export function describePrice(price: ParsedPrice): PriceDescription {
  const { charges, settle, feature, chargeOnce, tool, example, otherExample } = price
  return {
    charges: charges.map(({ meter, amount }) => ({
      meter,
      amount: typeof amount === 'number' ? amount : null,
    })),
    settle,
    feature: typeof feature === 'function' ? 'by_input' : feature,
    chargeOnce: typeof chargeOnce === 'object' ? 'per_result' : chargeOnce,
    ...(tool === null ? {} : { tool }),
    example,
    ...(otherExample === undefined ? {} : { otherExample }),
  }
}

/** The price description of a procedure; null for one that costs nothing. */
export function priceDescriptionOf(procedure: unknown): PriceDescription | null {
  return hasDefinition(procedure) ? (procedure._def.meta?.billing ?? null) : null
}

function hasDefinition(
  value: unknown,
): value is { _def: { meta?: { billing?: PriceDescription } } } {
  return typeof value === 'function' && '_def' in value
}
