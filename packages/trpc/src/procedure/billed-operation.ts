import type { RunningOperation } from '@tollgate/metering'
import type { SettleOf } from './price.ts'

/** The running operation, as the work of a procedure with this price sees it. */
export type BilledOperation<P> = Pick<RunningOperation, 'operationId' | 'signal' | 'reportCost'> &
  (SettleOf<P> extends 'reported' ? Reporting<P> : Fixed)

type Reporting<P> = P extends { charges: infer Charges }
  ? {
      /** What is held, and may be used. */
      readonly held: { readonly [Meter in keyof Charges]: number }
      /** Says how much of every meter was used so far, in total. Nothing reported costs the hold. */
      report(totals: { [Meter in keyof Charges]: number }): void
      /** Says how much more was used. */
      add(used: { [Meter in keyof Charges]?: number }): void
      /** Replaces what was reported of these meters, by less as well: exact totals that are known only after an estimate. */
      correct(totals: { [Meter in keyof Charges]?: number }): void
    }
  : {
      /** What is held, and may be used. */
      readonly held: number
      /** Says how much was used so far, in total. Nothing reported costs the hold. */
      report(total: number): void
      /** Says how much more was used. */
      add(used: number): void
      /** Replaces what was reported, by less as well: an exact total that is known only after an estimate. */
      correct(total: number): void
    }

type Fixed = {
  report(fix: "The price is fixed. Write settle: 'reported' to charge what was used."): never
}

/** Lets the work report per meter, or a bare number where there is one. */
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
