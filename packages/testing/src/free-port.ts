import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below the ephemeral range, from which an outgoing connection could take the port before the server listens. */
const FIRST_PORT = 10_000
const PORTS = 22_000
/** Ports reserved per process, so that concurrent processes do not pick the same one before they listen. */
const PORTS_OF_A_PROCESS = 64

let drawn = 0

/** A loopback port that was just free, and that this process has not used before. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < PORTS; tries++) {
    const port = FIRST_PORT + ((process.pid * PORTS_OF_A_PROCESS + drawn++) % PORTS)
    if (await isFree(port)) return port
  }
  throw new Error(`No free port was found from ${FIRST_PORT} on.`)
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer()
  probe.listen(port, '127.0.0.1')
  const free = await once(probe, 'listening').then(
    () => true,
    () => false,
  )
  probe.close()
  return free
}
