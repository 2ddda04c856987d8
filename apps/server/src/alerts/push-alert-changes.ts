import type { Metering } from '@tollgate/metering'
import type { AlertChanges } from './create-alert-changes.ts'

/** Has the balance stream push changes of alerts as well: an empty list of balances, whose reader asks for its alerts. */
export function pushAlertChanges(metering: Metering, changes: Pick<AlertChanges, 'add'>): Metering {
  return {
    ...metering,
    onBalanceChange(customerId, listener) {
      const stops = [
        metering.onBalanceChange(customerId, listener),
        changes.add(customerId, () => listener([])),
      ]
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}
