import type { RunningOperation } from '@tollgate/metering'
import type { SettleOf } from './price.ts'

/** The running operation, as seen by the work of a procedure with this price. */
export type BilledOperation<P> = Pick<RunningOperation, 'operationId' | 'signal' | 'reportCost'> &
  (SettleOf<P> extends 'reported' ? Reporting<P> : Fixed)

type Reporting<P> = P extends { charges: infer Charges }
  ? {
      /** What is held, and may be used. */
      readonly held: { readonly [Meter in keyof Charges]: number }
      /** Reports the total used so far of every meter. Without a report, the hold is charged. */
      report(totals: { [Meter in keyof Charges]: number }): void
      /** Reports additional usage. */
      add(used: { [Meter in keyof Charges]?: number }): void
      /** Replaces what was reported for these meters, possibly by less: for exact totals that follow an estimate. */
      correct(totals: { [Meter in keyof Charges]?: number }): void
    }
  : {
      /** What is held, and may be used. */
      readonly held: number
      /** Reports the total used so far. Without a report, the hold is charged. */
      report(total: number): void
      /** Reports additional usage. */
      add(used: number): void
      /** Replaces what was reported, possibly by less: for an exact total that follows an estimate. */
      correct(total: number): void
    }

type Fixed = {
  report(fix: "The price is fixed. Write settle: 'reported' to charge what was used."): never
}

/** Lets the work report per meter, or a plain number if there is only one. */
export function billedOperation(
  operation: RunningOperation,
  meters: readonly string[],
): RunningOperation & { held: Held } & Record<'report' | 'add' | 'correct', (used: Used) => void> {
  const totals = new Map<string, number>()
  const entriesOf = (used: Used): [meter: string, amount: number][] =>
    typeof used === 'number'
      ? meters.slice(0, 1).map((meter) => [meter, used])
      : Object.entries(used)
  const [first = '', ...further] = meters
  return {
    ...operation,
    held: further.length === 0 ? (operation.holds[first] ?? 0) : { ...operation.holds },
    report(used) {
      for (const [meter, total] of entriesOf(used)) {
        operation.report(total, meter)
        totals.set(meter, total)
      }
    },
    add(used) {
      for (const [meter, more] of entriesOf(used)) {
        const total = (totals.get(meter) ?? 0) + more
        operation.report(total, meter)
        totals.set(meter, total)
      }
    },
    correct(used) {
      for (const [meter, total] of entriesOf(used)) {
        operation.correct(total, meter)
        totals.set(meter, total)
      }
    },
  }
}

type Used = number | Readonly<Record<string, number>>
type Held = number | RunningOperation['holds']
