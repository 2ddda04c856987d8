import { isChargeable } from '@tollgate/contract'
import { costInvalid, type MeterCharge } from '@tollgate/metering'
import type { ParsedPrice } from './parse-price.ts'
import type { Amount } from './price.ts'

/** Computes what one call costs from its parsed input; throws unless every amount can be charged. */
export async function computeCharges(price: ParsedPrice, procedure: string, input: unknown) {
  const charges: MeterCharge[] = []
  for (const { meter, amount, least } of price.charges) {
    const compute = async (of: Amount<unknown>) => {
      const computed = typeof of === 'function' ? await of(input) : of
      if (isChargeable(computed)) return computed
      throw costInvalid(
        procedure,
        `the amount of "${meter}" came out as ${String(computed)}, not a whole number from 1 to 2147483647`,
      )
    }
    const hold = await compute(amount)
    if (least === undefined) charges.push({ meter, hold })
    else charges.push({ meter, hold, least: Math.min(hold, await compute(least)) })
  }
  const { feature } = price
  return { charges, feature: typeof feature === 'function' ? feature(input) : feature }
}
