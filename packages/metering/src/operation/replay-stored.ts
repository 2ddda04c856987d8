import { operationId, type ReceiptChunk } from '@tollgate/contract'
import type { BilledAnswer, BilledStream } from '../metering.ts'
import type { Replay } from './place-operation.ts'
import { readStored } from './stored-result.ts'

/** What an earlier call with the same key left, in the form that this caller reads. */
export function replayStored(
  replay: Replay,
  collect: boolean,
): BilledAnswer<unknown> | BilledStream<unknown> {
  const { output, chunks, receipt } = readStored(replay)
  if (!chunks) return { output, receipt, degraded: false }
  const all = [...chunks, { type: 'receipt', receipt } satisfies ReceiptChunk]
  if (collect) return { output: all, receipt, degraded: false }
  const id = operationId(replay.operationId)
  return { operationId: id, chunks: iterate(all), replayed: true, degraded: false }
}

async function* iterate(chunks: readonly unknown[]): AsyncGenerator {
  yield* chunks
}
