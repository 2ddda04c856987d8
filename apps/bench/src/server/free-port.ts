import { once } from 'node:events'
import { createServer } from 'node:net'

/** A loopback port that was just free. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  const closed = once(probe, 'close')
  probe.close()
  await closed
  if (address === null || typeof address === 'string') throw new Error('No port was given.')
  return address.port
}
