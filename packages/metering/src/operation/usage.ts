import { MAX_EVENT_CREDITS } from '@tollgate/contract'
import type { BilledCall } from '../metering.ts'
import { costInvalid } from './faults.ts'

/** What was used, per meter. */
export type Amounts = Partial<Record<string, number>>

/** What the work says it has used so far, per meter. */
export type Usage = {
  report(amount: number, meter?: string): void
  /** What to charge; a meter that nothing was reported for costs its hold, so that a missing report is never free. */
  charged(): Amounts
}

/** Counts the use of one operation; totals only grow, because what was delivered stays delivered. */
export function createUsage({ procedure, charges, settle }: BilledCall): Usage {
  const reported: Amounts = {}
  return {
    report(amount, meter = charges[0]?.meter) {
      if (!meter || !charges.some((charge) => charge.meter === meter)) {
        throw costInvalid(procedure, `it reported "${String(meter)}", which is none of its meters`)
      }
      if (!Number.isSafeInteger(amount) || amount < 0 || amount > MAX_EVENT_CREDITS) {
        throw costInvalid(
          procedure,
          `it reported ${String(amount)} of "${meter}", not a whole number from 0 to 2147483647`,
        )
      }
      reported[meter] = Math.max(reported[meter] ?? 0, amount)
    },
    charged: () => (settle === 'reported' ? { ...reported } : {}),
  }
}
