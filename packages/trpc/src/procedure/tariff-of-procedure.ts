import type { Schema } from './schema.ts'
import type { Tariff } from './tariff.ts'

/** What is needed to say what a call will cost before it is made. */
export type PricedInput = { tariff: Tariff; schemas: readonly Schema[] }

/** Remembers with which tariff a procedure was defined: its amounts are functions, so they cannot stand in its meta. */
export function rememberTariff(procedure: object, priced: PricedInput): void {
  tariffs.set(procedure, priced)
}

/** The tariff of a billed procedure; undefined for any other. */
export function tariffOfProcedure(procedure: object): PricedInput | undefined {
  return tariffs.get(procedure)
}

const tariffs = new WeakMap<object, PricedInput>()
