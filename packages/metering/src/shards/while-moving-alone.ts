import type { Database } from '@tollgate/database'

// An arbitrary constant that nothing else uses.
const MOVE_LOCK = 7_423_011_807

/**
 * Runs `work` while no other process moves a bucket behind the proxy. The function passed to it throws once another process could: when
 * the connection that holds the lock was lost.
 */
export async function whileMovingAlone<T>(
  proxy: Database,
  work: (confirmAlone: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const client = await proxy.pool.connect()
  let isAlone = false
  try {
    const { rows } = await client.query<{ alone: boolean }>(
      'select pg_try_advisory_lock($1) as alone',
      [MOVE_LOCK],
    )
    if (rows[0]?.alone !== true) {
      throw new Error('Another process is moving a bucket. Wait for its end, or end it first.')
    }
    isAlone = true
    return await work(async () => {
      await client.query('select 1').catch((cause: unknown) => {
        isAlone = false
        throw new Error(LOST, { cause })
      })
    })
  } finally {
    // The server notices a closed connection a moment later, which may be too late for the next move.
    if (isAlone) await client.query('select pg_advisory_unlock($1)', [MOVE_LOCK]).catch(() => {})
    // Closing the connection releases the lock, whatever its state.
    client.release(true)
  }
}

const LOST =
  'The connection that keeps other moves away was lost, and nothing more was changed. Repeat the move.'
