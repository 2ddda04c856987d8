import { MAX_EVENT_CREDITS, type MeterSlug } from '@tollgate/contract'
import type { BilledCall } from '../metering.ts'
import { MeteringError } from '../metering-error.ts'

/** What the work says it has used so far, per meter. */
export type Usage = {
  report(amount: number, meter?: MeterSlug): void
  /** What to charge; a meter that nothing was reported for costs its hold, so that a forgotten report is never free. */
  charged(): Partial<Record<MeterSlug, number>>
}

/** Counts the use of one operation; totals only grow, because what was delivered stays delivered. */
export function createUsage(call: BilledCall): Usage {
  const reported: Partial<Record<MeterSlug, number>> = {}
  return {
    report(amount, meter = call.charges[0]?.meter) {
      if (!meter || !call.charges.some((charge) => charge.meter === meter)) {
        throw invalid(call, `"${String(meter)}" is none of its meters`)
      }
      if (!Number.isSafeInteger(amount) || amount < 0 || amount > MAX_EVENT_CREDITS) {
        throw invalid(
          call,
          `${String(amount)} of "${meter}" is not a whole number from 0 to 2147483647`,
        )
      }
      reported[meter] = Math.max(reported[meter] ?? 0, amount)
    },
    charged: () => (call.settle === 'reported' ? { ...reported } : {}),
  }
}

function invalid({ procedure }: BilledCall, what: string): MeteringError {
  return new MeteringError({
    code: 'COST_INVALID',
    message: `${procedure} reported a cost that cannot be charged: ${what}. Mend what it reports.`,
  })
}
