import type { Faults } from '../core/schemas/dev.ts'

/** Lists the injected faults that are active; null when there are none. */
export function faultsText(faults: Faults): string | null {
  const on = [
    faults.down && 'the backend is down',
    faults.latencyMs > 0 && `every response takes ${faults.latencyMs} ms longer`,
    faults.failingPayments > 0 && `the next ${faults.failingPayments} payment(s) fail`,
    faults.duplicateDeliveries && 'webhooks are delivered twice',
  ].filter((text) => text !== false)
  return on.length === 0 ? null : on.join('; ')
}
