import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@tollgate/contract'
import pg from 'pg'
import type { Row, Statement, Transaction } from './database.ts'
import { DatabaseError } from './database-error.ts'
import { SQLSTATE } from './sqlstate.ts'
import { toQuery } from './to-query.ts'

const MAX_RETRIES = 5
// Doubles per retry, with jitter, so that two transactions that collided do not collide again.
const RETRY_DELAY_MS = 5

/** Runs `work` between begin and commit; retries if the server asks for it. */
export async function runTransaction<T>(
  dependencies: { acquire: () => Promise<pg.PoolClient>; logger: Logger },
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(await dependencies.acquire(), work)
    } catch (error) {
      if (attempt > MAX_RETRIES || !collided(error)) throw error
      dependencies.logger.debug({ attempt, error }, 'database: transaction conflict, retrying')
      await delay(RETRY_DELAY_MS * 2 ** attempt * Math.random())
    }
  }
}

async function attemptOnce<T>(
  client: pg.PoolClient,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  let open = true
  const transaction: Transaction = {
    async query<R extends Row>(statement: Statement) {
      if (!open) throw finished(statement)
      const result = await client.query<R>(toQuery(statement))
      return result.rows
    },
  }
  try {
    await client.query('begin')
    const result = await work(transaction)
    open = false
    await commit(client)
    client.release()
    return result
  } catch (error) {
    open = false
    await rollBackAndRelease(client)
    throw error
  }
}

async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('commit')
  // PostgreSQL responds to the commit of a failed transaction with ROLLBACK and no error.
  if (command === 'COMMIT') return
  throw new DatabaseError(
    'transaction_aborted',
    'Nothing was committed: a statement had failed and its error was swallowed. Let the error leave the transaction.',
  )
}

async function rollBackAndRelease(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('rollback')
    client.release()
  } catch {
    // The connection is unusable; the server rolls back when it closes.
    client.release(true)
  }
}

function finished(statement: Statement): DatabaseError {
  return new DatabaseError(
    'transaction_finished',
    `The transaction is over; await every query inside it: ${statement.name ?? statement.text.slice(0, 80)}`,
  )
}

function collided(error: unknown): boolean {
  return (
    error instanceof pg.DatabaseError &&
    (error.code === SQLSTATE.serializationFailure || error.code === SQLSTATE.deadlockDetected)
  )
}
