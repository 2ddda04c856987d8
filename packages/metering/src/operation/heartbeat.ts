import type { Logger } from '@tollgate/contract'
import type { OperationRef } from '../store/batch-element.ts'
import { callRoutine } from '../store/call-routine.ts'
import { byBucket, type MeteringDatabase } from '../store/metering-database.ts'

/** Renews the leases of everything this process runs, in one statement per bucket. */
export type Heartbeat = {
  /** Renews the lease of an operation until the returned function is called; calls `onLost` when the lease is lost. */
  keep(operation: OperationRef, onLost: () => void): () => void
  /** Renews every lease now; returns how many were renewed. */
  renew(): Promise<number>
}

/** Makes a heartbeat; its timer runs only while there are leases to renew and never keeps the process alive. */
export function createHeartbeat(options: {
  database: MeteringDatabase
  logger: Logger
  policy: { heartbeatMs: number; leaseMs: number }
}): Heartbeat {
  const { database, logger, policy } = options
  const kept = new Set<{ operation: OperationRef; onLost: () => void }>()
  let timer: NodeJS.Timeout | null = null

  async function renew(): Promise<number> {
    const renewed = [...kept]
    const newest = newestFences(renewed.map(({ operation }) => operation))
    const isNewest = ({ operationId, fence }: OperationRef) => newest.get(operationId) === fence
    const operations = renewed.map(({ operation }) => operation).filter(isNewest)
    const lost = new Set<string>()
    for (const [bucket, members] of byBucket(database, operations)) {
      const ids = members.map(({ operationId }) => operationId)
      const fences = members.map(({ fence }) => fence)
      const args = [bucket, ids, fences, policy.leaseMs]
      const gone = await callRoutine<string[]>(database, 'renew_leases', args)
      for (const id of gone) lost.add(id)
    }
    for (const entry of renewed) {
      const isLost = lost.has(entry.operation.operationId) || !isNewest(entry.operation)
      // An operation that ended while the statement was in flight is not lost.
      if (!isLost || !kept.delete(entry)) continue
      entry.onLost()
    }
    return operations.length - lost.size
  }

  function tick(): void {
    renew().catch((error: unknown) => {
      logger.warn(
        { error, operations: kept.size },
        'heartbeat: leases not renewed, retrying with the next beat',
      )
    })
  }

  return {
    renew,
    keep(operation, onLost) {
      const entry = { operation, onLost }
      kept.add(entry)
      timer ??= setInterval(tick, policy.heartbeatMs).unref()
      return () => {
        kept.delete(entry)
        if (kept.size > 0 || !timer) return
        clearInterval(timer)
        timer = null
      }
    },
  }
}

/**
 * The newest fence of each operation: an attempt may have taken over from an earlier one of the same process, which could not renew its
 * lease in time.
 */
function newestFences(operations: readonly OperationRef[]): Map<string, number> {
  const newest = new Map<string, number>()
  for (const { operationId, fence } of operations) {
    newest.set(operationId, Math.max(fence, newest.get(operationId) ?? fence))
  }
  return newest
}
