import { isChargeable } from '@tollgate/contract'
import { costInvalid, type MeterCharge } from '@tollgate/metering'
import type { ParsedPrice } from './parse-price.ts'

/** What one call costs: computed from the parsed input, and refused unless every amount can be charged. */
export async function computeCharges(price: ParsedPrice, procedure: string, input: unknown) {
  const charges: MeterCharge[] = []
  for (const { meter, amount } of price.charges) {
    const hold = typeof amount === 'function' ? await amount(input) : amount
    if (!isChargeable(hold)) {
      throw costInvalid(
        procedure,
        `the amount of "${meter}" came out as ${String(hold)}, not a whole number from 1 to 2147483647`,
      )
    }
    charges.push({ meter, hold })
  }
  const { feature } = price
  return { charges, feature: typeof feature === 'function' ? feature(input) : feature }
}
