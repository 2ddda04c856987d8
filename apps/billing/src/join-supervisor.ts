import type { BillingServer } from '@tollgate/ledger/http'

/** The server that started this process, at the other end of its channel. */
export type Supervisor = {
  /** Reports where the backend answers; from then on a request to stop closes it first. */
  ready(billing: BillingServer, stop: () => void): void
}

/**
 * Ties this process to the server that started it: it stops when the server says so and exits immediately when the server has
 * exited for any reason, because no shutdown is needed here and the next server needs the port.
 */
export function joinSupervisor(): Supervisor {
  let stop: () => void = () => process.exit(0)
  // A terminal sends its signals to every process of the group; the server still needs this one for the calls in flight.
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
