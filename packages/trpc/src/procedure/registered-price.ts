import type { Schema } from './schema.ts'
import type { ParsedPrice } from './parse-price.ts'

/** What a quote of a call is computed from. */
export type RegisteredPrice = { price: ParsedPrice; schemas: readonly Schema[] }

/** Registers the price of a procedure: its amounts are functions, so they cannot be in its meta. */
export function registerPrice(procedure: object, registered: RegisteredPrice): void {
  prices.set(procedure, registered)
}

/** The price of a billed procedure; undefined for any other. */
export function registeredPriceOf(procedure: object): RegisteredPrice | undefined {
  return prices.get(procedure)
}

const prices = new WeakMap<object, RegisteredPrice>()
