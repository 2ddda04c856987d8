import { once } from 'node:events'
import type { Server } from 'node:net'

/** Starts listening on a free loopback port and returns it. */
export async function listenOnLoopback(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No free port was given.')
  return address.port
}
