import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@tollgate/contract'
import pg from 'pg'

const FIRST_RETRY_MS = 100
const SLOWEST_RETRY_MS = 5_000

/** Listens to one channel until the returned function is called; reconnects automatically. */
export async function startListening(options: {
  config: pg.ClientConfig
  channel: string
  onMessage: (payload: string) => void
  /** Called when the connection is lost, and when it is restored or abandoned. */
  onChange: (isListening: boolean) => void
  /** Called once it listens again; notifications sent meanwhile are lost. */
  onGap: () => void
  logger: Logger
}): Promise<() => Promise<void>> {
  const { channel, logger } = options
  const stopping = new AbortController()
  let client = await connect(options, onLost)

  function onLost(): void {
    if (stopping.signal.aborted) return
    logger.warn({ channel }, 'database: listening connection lost, reconnecting')
    options.onChange(false)
    void reconnect().finally(() => options.onChange(true))
  }

  async function reconnect(): Promise<void> {
    for (let wait = FIRST_RETRY_MS; ; wait = Math.min(wait * 2, SLOWEST_RETRY_MS)) {
      try {
        await delay(wait, undefined, { signal: stopping.signal, ref: false })
        const next = await connect(options, onLost)
        if (stopping.signal.aborted) return await next.end()
        client = next
        logger.info({ channel }, 'database: listening connection restored')
        return options.onGap()
      } catch (error) {
        if (stopping.signal.aborted) return
        logger.debug({ channel, error }, 'database: listening connection not restored, retrying')
      }
    }
  }

  return async () => {
    if (stopping.signal.aborted) return
    stopping.abort()
    await client.end()
  }
}

async function connect(
  options: { config: pg.ClientConfig; channel: string; onMessage: (payload: string) => void },
  onLost: () => void,
): Promise<pg.Client> {
  const client = new pg.Client(options.config)
  // `end` follows every `error`; the listener only keeps the error from ending the process.
  client.on('error', () => {})
  try {
    await client.connect()
    client.on('notification', ({ payload }) => options.onMessage(payload ?? ''))
    await client.query(`listen ${pg.escapeIdentifier(options.channel)}`)
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
  client.on('end', onLost)
  return client
}
