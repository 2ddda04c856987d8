import { isChargeable, METERS } from '@tollgate/contract'
import type { BilledCall } from '../metering.ts'
import { MeteringError } from '../metering-error.ts'

/** Refuses a call whose amounts cannot be charged, before anything is written and before the work is reached. */
export function checkCall(call: BilledCall): void {
  const { charges, procedure } = call
  if (charges.length === 0) throw invalid(procedure, 'it names no meter')
  const seen = new Set<string>()
  for (const { meter, hold } of charges) {
    if (!Object.hasOwn(METERS, meter)) throw invalid(procedure, `"${String(meter)}" is not a meter`)
    if (seen.has(meter)) throw invalid(procedure, `the meter "${meter}" is named twice`)
    if (!isChargeable(hold)) {
      throw invalid(
        procedure,
        `${String(hold)} of "${meter}" is not a whole number from 1 to 2147483647`,
      )
    }
    seen.add(meter)
  }
}

function invalid(procedure: string, what: string): MeteringError {
  return new MeteringError({
    code: 'COST_INVALID',
    message: `The cost of ${procedure} is invalid: ${what}. The work did not run and nothing was charged. Mend its amounts.`,
  })
}
