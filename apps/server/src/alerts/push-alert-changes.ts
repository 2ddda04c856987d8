import type { Metering } from '@tollgate/metering'
import type { AlertChanges } from './create-alert-changes.ts'

/** Makes the balance stream also signal changes of alerts: with an empty list of balances, upon which the client reads its alerts. */
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
