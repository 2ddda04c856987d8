import { once } from 'node:events'
import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setImmediate as afterPoll } from 'node:timers/promises'

/** Requests in flight get this long to end. */
const DRAIN_MS_MAX = 25_000
/** How long a connection stays open, once it is idle, for the request that is already on its way. */
const IDLE_GRACE_MS = 400
const CLOSE_IDLE_EVERY_MS = 25
/** When a reader of a stream is to come back: soon, and not all at once. */
const RECONNECT_MS = { least: 500, most: 2500 }

/**
 * Stops a server without breaking a call: tells the readers of event streams when to come back, takes no new connection,
 * answers what is in flight or on its way, and closes each connection after its answer.
 */
export async function stopServer(
  server: Server,
  {
    inFlight,
    streams,
  }: { inFlight: ReadonlySet<ServerResponse>; streams: Iterable<ServerResponse> },
): Promise<void> {
  for (const outgoing of inFlight) outgoing.shouldKeepAlive = false
  for (const stream of streams) stream.write(`retry: ${reconnectMs()}\n\n`)
  const closed = once(server, 'close')
  // Connections that wait to be accepted would be reset; right after a poll there are none.
  await afterPoll()
  // Not `server.close()`: that also closes idle connections, whose next request may have been sent.
  NetServer.prototype.close.call(server)
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS_MAX)
  let idleSince = performance.now()
  // Whose answer began before the stop was promised a connection that stays open, and may send its next request over it.
  for (const outgoing of inFlight) outgoing.once('close', () => (idleSince = performance.now()))
  const closing = setInterval(() => {
    if (performance.now() - idleSince >= IDLE_GRACE_MS) server.closeIdleConnections()
  }, CLOSE_IDLE_EVERY_MS)
  await closed
  clearInterval(closing)
  clearTimeout(late)
  // Also ends what the server does every second for its connections.
  server.close()
}

function reconnectMs(): number {
  const { least, most } = RECONNECT_MS
  return Math.round(least + Math.random() * (most - least))
}
