import type { Logger } from '@tollgate/contract'
import { beatOperations } from '../store/beat-operations.ts'
import type { OperationRef } from '../store/batch-element.ts'
import type { MeteringDatabase } from '../store/metering-database.ts'

/** Keeps the leases of everything this process runs, in one statement per beat. */
export type Heartbeat = {
  /** Keeps an operation alive until the returned function is called; calls `onLost` when it is no longer ours. */
  keep(operation: OperationRef, onLost: () => void): () => void
  /** Beats now; returns how many operations are alive. */
  beat(): Promise<number>
}

/** Makes a heartbeat; its timer runs only while something is kept and never keeps the process alive. */
export function createHeartbeat(options: {
  database: MeteringDatabase
  logger: Logger
  policy: { heartbeatMs: number; leaseMs: number }
}): Heartbeat {
  const { database, logger, policy } = options
  const kept = new Set<{ operation: OperationRef; onLost: () => void }>()
  let timer: NodeJS.Timeout | null = null

  async function beat(): Promise<number> {
    const beaten = [...kept]
    if (beaten.length === 0) return 0
    const newest = newestFences(beaten.map(({ operation }) => operation))
    const isNewest = ({ operationId, fence }: OperationRef) => newest.get(operationId) === fence
    const operations = beaten.map(({ operation }) => operation).filter(isNewest)
    const lost = new Set(await beatOperations(database, operations, policy))
    for (const entry of beaten) {
      const isLost = lost.has(entry.operation.operationId) || !isNewest(entry.operation)
      // One that ended while the beat was on its way is not lost, it is done.
      if (!isLost || !kept.delete(entry)) continue
      entry.onLost()
    }
    return operations.length - lost.size
  }

  function tick(): void {
    beat().catch((error: unknown) => {
      logger.warn({ error, operations: kept.size }, 'metering: a heartbeat was missed')
    })
  }

  return {
    beat,
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

/** By operation. An attempt may have taken over from one of the same process, which was cut off for longer than its lease. */
function newestFences(operations: readonly OperationRef[]): Map<string, number> {
  const newest = new Map<string, number>()
  for (const { operationId, fence } of operations) {
    newest.set(operationId, Math.max(fence, newest.get(operationId) ?? fence))
  }
  return newest
}
