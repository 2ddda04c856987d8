import { operationId, type Receipt } from '@tollgate/contract'
import { toBalanceUpdate } from '../balance/to-balance-update.ts'
import type { StoredAnswer } from '../metering.ts'
import type { PlaceAnswer } from '../store/place-holds.ts'
import type { SettleAnswer } from '../store/settle-operations.ts'

/** How an answer is kept with its operation: exactly one of the two. */
type StoredJson = { output?: unknown } | { chunks: unknown[]; complete: boolean }

/** An output as it is stored; `undefined` survives as a missing field. Throws what `JSON.stringify` throws. */
export function storeOutput(output: unknown): string {
  return JSON.stringify({ output } satisfies StoredJson)
}

/** Delivered chunks as they are stored. */
export function storeChunks(chunks: readonly unknown[], complete: boolean): string {
  return JSON.stringify({ chunks: [...chunks], complete } satisfies StoredJson)
}

/** What an earlier call with the same key left, with the balances of now. */
export function readStoredAnswer(
  answer: Extract<PlaceAnswer, { outcome: 'replay' }>,
): StoredAnswer {
  const stored: StoredJson = JSON.parse(answer.result)
  const complete = !('chunks' in stored) || stored.complete
  return {
    operationId: operationId(answer.operationId),
    receipt: toReceipt(answer, { operationId: answer.operationId, replayed: true, complete }),
    answer:
      'chunks' in stored
        ? { kind: 'chunks', chunks: stored.chunks }
        : { kind: 'output', output: stored.output },
  }
}

/** What one settled operation cost. */
export function toReceipt(
  settled: Pick<
    Extract<SettleAnswer, { outcome: 'settled' }>,
    'at' | 'asOf' | 'charges' | 'accounts'
  >,
  told: { operationId: string; replayed: boolean; complete: boolean },
): Receipt {
  const asOf = new Date(settled.asOf).toISOString()
  return {
    operationId: told.operationId,
    charges: settled.charges.filter(({ amount }) => amount > 0),
    balances: settled.accounts.map((account) => toBalanceUpdate(account, asOf)),
    replayed: told.replayed,
    at: new Date(settled.at).toISOString(),
    ...(told.complete ? {} : { complete: false }),
  }
}
