import { type Logger, silentLogger } from '@tollgate/contract'
import pg from 'pg'
import { connectionConfig } from './connection-config.ts'
import type { Database, Row, Statement } from './database.ts'
import { DatabaseError } from './database-error.ts'
import { startListening } from './start-listening.ts'
import { runTransaction } from './run-transaction.ts'
import { toQuery } from './to-query.ts'

// A longer wait for a connection would only turn overload into a queue.
const ACQUIRE_TIMEOUT_MS = 2_000
const DEFAULT_MAX_CONNECTIONS = 10
// A new connection costs a key derivation on both sides and must prepare every statement again.
const IDLE_TIMEOUT_MS = 300_000

/**
 * Keeps hot statements on index plans. A plan cached while a table was empty would stay a sequential scan, or a nested loop that scans
 * the same rows repeatedly. A lateral lookup by a full key is a nested loop in any case.
 */
export const hotPathSettings = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_nestloop: 'off',
} as const satisfies Record<string, string>

/** Opens a pool; connects on first use. */
export function openDatabase(options: {
  url: string
  maxConnections?: number
  /** How long a statement waits for a connection; 2 seconds by default. */
  acquireTimeoutMs?: number
  applicationName?: string
  settings?: Record<string, string>
  logger?: Logger
}): Database {
  const logger = options.logger ?? silentLogger
  const config = connectionConfig(options)
  const acquireTimeoutMs = options.acquireTimeoutMs ?? ACQUIRE_TIMEOUT_MS
  const pool = new pg.Pool({
    ...config,
    max: options.maxConnections ?? DEFAULT_MAX_CONNECTIONS,
    connectionTimeoutMillis: acquireTimeoutMs,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
  })
  // Without a listener, a connection lost while idle would end the process. The error contains the whole connection with its prepared
  // statements, which does not belong in a log.
  pool.on('error', ({ message: reason }) =>
    logger.warn({ reason }, 'database: idle connection lost'),
  )
  // The same for a connection lost during a transaction; the next query reports it.
  pool.on('connect', (client) => client.on('error', () => {}))

  const stops = new Set<() => Promise<void>>()
  let lost = 0
  let closing: Promise<void> | undefined

  return {
    pool,
    async query<R extends Row>(statement: Statement) {
      const client = await acquire(pool, acquireTimeoutMs)
      return queryAndRelease<R>(client, statement)
    },
    transaction: (work) =>
      runTransaction({ acquire: () => acquire(pool, acquireTimeoutMs), logger }, work),
    async listen(channel, onMessage, onGap = () => {}) {
      const stopListening = await startListening({
        config,
        channel,
        onMessage,
        onChange: (isListening) => (lost += isListening ? -1 : 1),
        onGap,
        logger,
      })
      const stop = async () => {
        stops.delete(stop)
        await stopListening()
      }
      stops.add(stop)
      return stop
    },
    lostListeners: () => lost,
    close() {
      closing ??= Promise.all([...stops].map((stop) => stop())).then(() => pool.end())
      return closing
    },
  }
}

async function queryAndRelease<R extends Row>(client: pg.PoolClient, statement: Statement) {
  try {
    const result = await client.query<R>(toQuery(statement))
    client.release()
    return result.rows
  } catch (error) {
    // The pool discards a client whose connection has ended.
    client.release()
    throw error
  }
}

async function acquire(pool: pg.Pool, timeoutMs: number): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('timeout exceeded')) {
      throw new DatabaseError(
        'acquire_timeout',
        `No database connection within ${timeoutMs} ms (${pool.totalCount} open, ${pool.waitingCount} waiting). ` +
          'Raise maxConnections or find the transaction that holds on to its connection.',
        { cause: error },
      )
    }
    throw error
  }
}
