import { once } from 'node:events'
import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setImmediate as afterPoll, setTimeout as delay } from 'node:timers/promises'

/** Requests in flight get this long to end. */
const DRAIN_MS_MAX = 25_000
/** How long an idle connection stays open for the request that is already on its way. */
const IDLE_GRACE_MS = 400
const CLOSE_IDLE_EVERY_MS = 25
/** When a reader of a stream is to come back: soon, and not all at once. */
const RECONNECT_MS = { least: 500, most: 2500 }

/**
 * Stops a server without breaking a call: sends readers of event streams a reconnection time, takes no new connection,
 * answers what is in flight or on its way, and closes each connection after its answer.
 */
export async function stopServer(
  server: Server,
  {
    inFlight,
    streams,
  }: { inFlight: ReadonlySet<ServerResponse>; streams: Iterable<ServerResponse> },
): Promise<void> {
  for (const outgoing of inFlight) closeAfter(outgoing)
  for (const stream of streams) stream.write(`retry: ${reconnectMs()}\n\n`)
  const closed = once(server, 'close')
  // Connections that wait to be accepted would be reset; right after a poll there are none.
  await afterPoll()
  // Not `server.close()`: that also closes idle connections, whose next request may have been sent.
  NetServer.prototype.close.call(server)
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS_MAX)
  await delay(IDLE_GRACE_MS)
  const closing = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS)
  await closed
  clearInterval(closing)
  clearTimeout(late)
  // Also ends what the server does every second for its connections.
  server.close()
}

/** Where the answer has begun, its caller was promised a connection that stays open: the end comes right behind it. */
function closeAfter(outgoing: ServerResponse): void {
  const { socket } = outgoing
  outgoing.shouldKeepAlive = false
  if (outgoing.headersSent) outgoing.once('finish', () => socket?.destroySoon())
}

function reconnectMs(): number {
  const { least, most } = RECONNECT_MS
  return Math.round(least + Math.random() * (most - least))
}
