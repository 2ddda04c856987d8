import { MeteringError } from '@tollgate/metering'

/** How long a caller waits before our own database is tried again. */
const RETRY_MS = 1000

/**
 * Says 503 for an error with which our own database said "not now" or nothing at all, and null for every other one. Only
 * for errors that cannot come out of somebody's work: a model's refused connection looks just like a database's.
 */
export function storeFailure(error: unknown): MeteringError | null {
  if (!(error instanceof Error) || !saysNotNow(error)) return null
  return new MeteringError(
    {
      kind: 'billing_unavailable',
      message:
        'The books cannot be opened right now. Try again with the same operation key; nothing is charged twice.',
      retryAfterMs: RETRY_MS,
    },
    { cause: error },
  )
}

/** Our pool was full, the connection failed, or the server is starting, stopping, read-only or out of something. */
const CODES =
  /^(?:acquire_timeout|E[A-Z]{4,}|(?:08|53|58)[0-9A-Z]{3}|25006|40001|40P01|55P03|57P0[123])$/

function saysNotNow(error: Error): boolean {
  if ('code' in error && typeof error.code === 'string') return CODES.test(error.code)
  // What pg throws when a connection breaks carries no code at all.
  return error.message.startsWith('Connection terminated')
}
