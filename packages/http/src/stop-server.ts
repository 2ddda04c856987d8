import { once } from 'node:events'
import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setImmediate as afterPoll, setTimeout as delay } from 'node:timers/promises'

/** How long requests in flight may take to end. */
const DRAIN_MS_MAX = 25_000
/** How long an idle connection stays open for a request already in flight. */
const IDLE_GRACE_MS = 400
const CLOSE_IDLE_EVERY_MS = 25
/** When stream readers reconnect: soon, but not all at once. */
const RECONNECT_MS = { least: 500, most: 2500 }

/**
 * Stops a server without breaking a call: sends readers of event streams a reconnection time, accepts no new connections, responds to
 * requests in flight, and closes each connection after its response.
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
  // Connections not yet accepted would be reset; right after a poll there are none.
  await afterPoll()
  // Not `server.close()`, which also closes idle connections, whose next request may already be in flight.
  NetServer.prototype.close.call(server)
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS_MAX)
  await delay(IDLE_GRACE_MS)
  const closing = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS)
  await closed
  clearInterval(closing)
  clearTimeout(late)
  // Also stops the server's connection check every second.
  server.close()
}

/** A response already started has promised to keep the connection alive, so the connection is ended right after it. */
function closeAfter(outgoing: ServerResponse): void {
  const { socket } = outgoing
  outgoing.shouldKeepAlive = false
  if (outgoing.headersSent) outgoing.once('finish', () => socket?.destroySoon())
}

function reconnectMs(): number {
  const { least, most } = RECONNECT_MS
  return Math.round(least + Math.random() * (most - least))
}
