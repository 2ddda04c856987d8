import { MAX_EVENT_CREDITS } from '@tollgate/contract'
import type { BilledCall } from '../metering.ts'
import { costInvalid } from './faults.ts'

/** What was used, per meter. */
export type Amounts = Partial<Record<string, number>>

/** What the work has reported so far, per meter. */
export type Usage = {
  report(amount: number, meter?: string): void
  /** Replaces what was reported. */
  correct(amount: number, meter?: string): void
  /** What to charge; a meter without a report costs its hold, so that a missing report is never free. */
  charged(): Amounts
}

/**
 * Tracks the usage of one operation. Reported totals only grow, because what was delivered stays delivered; only estimates can be
 * corrected.
 */
export function createUsage({ procedure, charges, settle }: BilledCall): Usage {
  const reported: Amounts = {}
  function check(amount: number, meter = charges[0]?.meter): string {
    if (!meter || !charges.some((charge) => charge.meter === meter)) {
      throw costInvalid(procedure, `it reported "${String(meter)}", which is none of its meters`)
    }
    if (!Number.isSafeInteger(amount) || amount < 0 || amount > MAX_EVENT_CREDITS) {
      throw costInvalid(
        procedure,
        `it reported ${String(amount)} of "${meter}", not a whole number from 0 to 2147483647`,
      )
    }
    return meter
  }
  return {
    report(amount, given) {
      const meter = check(amount, given)
      reported[meter] = Math.max(reported[meter] ?? 0, amount)
    },
    correct(amount, given) {
      reported[check(amount, given)] = amount
    },
    charged: () => (settle === 'reported' ? { ...reported } : {}),
  }
}
