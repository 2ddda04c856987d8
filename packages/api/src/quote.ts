import { isChargeable, type MeterSlug } from '@tollgate/contract'
import { type MeterCharge, MeteringError } from '@tollgate/metering'
import type { Tariff } from './tariff.ts'

/** What one call costs: computed from the parsed input, and refused unless every amount can be charged. */
export async function quote(tariff: Tariff, procedure: string, input: unknown) {
  const charges: MeterCharge[] = []
  for (const { meter, amount } of tariff.charges) {
    const hold = typeof amount === 'function' ? await amount(input) : amount
    if (!isChargeable(hold)) throw costInvalid(procedure, meter, hold)
    charges.push({ meter, hold })
  }
  const { feature } = tariff
  return { charges, feature: typeof feature === 'function' ? feature(input) : feature }
}

function costInvalid(procedure: string, meter: MeterSlug, amount: unknown): MeteringError {
  return new MeteringError({
    code: 'COST_INVALID',
    message:
      `${procedure}: the amount of "${meter}" came out as ${String(amount)}. It must be a whole number from 1 to 2147483647; ` +
      'the work did not run and nothing was charged. Mend the amount function.',
  })
}
