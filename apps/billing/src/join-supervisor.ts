import type { BillingServer } from '@tollgate/ledger/http'

/** The server that started this process, at the other end of the IPC channel. */
export type Supervisor = {
  /** Reports the backend's address; from then on a stop request closes it first. */
  ready(billing: BillingServer, stop: () => void): void
}

/**
 * Ties this process to the server that started it: it stops when the server asks it to, and exits at once when the server has exited for
 * any reason, because it needs no shutdown and the next server needs the port.
 */
export function joinSupervisor(): Supervisor {
  let stop: () => void = () => process.exit(0)
  // A terminal signals every process of the group, but the server still needs this one for the calls in flight.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
  process.once('disconnect', () => process.exit(1))
  process.on('message', (message) => {
    if (message === 'stop') stop()
  })
  return {
    ready({ url, publicUrl, apiKey }, close) {
      stop = close
      process.send?.({ url, publicUrl, apiKey })
    },
  }
}
