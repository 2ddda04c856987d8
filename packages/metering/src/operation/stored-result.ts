import { operationId, type Receipt, type ReceiptChunk } from '@tollgate/contract'
import { toBalanceUpdate } from '../balance/to-balance-update.ts'
import { nonJsonType } from '../keys/non-json-type.ts'
import type { BilledAnswer, BilledStream } from '../metering.ts'
import type { SettleAnswer } from '../store/batch-element.ts'
import { resultNotJson, resultTooLarge } from './faults.ts'
import type { Replay } from './place-operation.ts'

/** How an answer is kept with its operation: exactly one of the two. */
type StoredJson = { output?: unknown } | { chunks: unknown[]; complete: boolean }

/**
 * An output as it is stored; `undefined` survives as a missing field. Throws `MeteringError` `RESULT_NOT_JSON` for what a
 * retry could not be given again, `RESULT_TOO_LARGE` for more than `bytesMax`.
 */
export function storeOutput(output: unknown, { procedure, bytesMax }: Limits): string {
  const stored = `{"output":${storeChunk(output, procedure)}}`
  if (Buffer.byteLength(stored) > bytesMax) throw resultTooLarge(procedure, bytesMax)
  return output === undefined ? '{}' : stored
}

/** One chunk as it is stored. Throws `MeteringError` `RESULT_NOT_JSON`. */
export function storeChunk(chunk: unknown, procedure: string): string {
  let lost: string | null
  try {
    lost = findLost(chunk, 'it')
    if (lost === null) return JSON.stringify(chunk) ?? 'null'
  } catch (error) {
    lost = error instanceof Error ? error.message : String(error)
  }
  throw resultNotJson(procedure, lost)
}

/** Delivered chunks as they are stored. */
export function storeChunks(chunks: readonly string[], complete: boolean): string {
  return `{"chunks":[${chunks.join()}],"complete":${complete}}`
}

/** What an earlier call with the same key left, with the balances of now, in the form that this caller reads. */
export function replayStored(
  replay: Replay,
  collect: boolean,
): BilledAnswer<unknown> | BilledStream<unknown> {
  const stored = parseStored(replay.result)
  const complete = !('chunks' in stored) || stored.complete
  const said = { operationId: replay.operationId, replayed: true, complete }
  const receipt = toReceipt(replay, said)
  if (!('chunks' in stored)) return { output: stored.output, receipt, degraded: false }
  const all = [...stored.chunks, { type: 'receipt', receipt } satisfies ReceiptChunk]
  if (collect) return { output: all, receipt, degraded: false }
  const id = operationId(replay.operationId)
  return { operationId: id, chunks: iterate(all), replayed: true, degraded: false }
}

/** A stored result, from the text that one of the functions above made. */
export function parseStored(result: string): StoredJson {
  return JSON.parse(result)
}

/** What one settled operation cost. */
export function toReceipt(
  settled: Pick<
    Extract<SettleAnswer, { outcome: 'settled' }>,
    'at' | 'asOf' | 'charges' | 'accounts'
  >,
  said: { operationId: string; replayed: boolean; complete: boolean },
): Receipt {
  const asOf = new Date(settled.asOf).toISOString()
  const receipt: Receipt = {
    operationId: said.operationId,
    charges: settled.charges.filter(({ amount }) => amount > 0),
    balances: settled.accounts.map((account) => toBalanceUpdate(account, asOf)),
    replayed: said.replayed,
    at: new Date(settled.at).toISOString(),
  }
  if (!said.complete) receipt.complete = false
  return receipt
}

async function* iterate(chunks: readonly unknown[]): AsyncGenerator {
  yield* chunks
}

type Limits = { procedure: string; bytesMax: number }

/** Where a value holds what JSON would lose ("it.pictures[0] is a Map"); null when a retry gets all of it. */
function findLost(value: unknown, path: string): string | null {
  const type = nonJsonType(value)
  if (type !== null) return `${path} is ${type}`
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return null
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const lost = findLost(value[index], `${path}[${index}]`)
      if (lost !== null) return lost
    }
    return null
  }
  for (const [key, item] of Object.entries(value)) {
    // Most of an answer is text and numbers, which need no path.
    if (typeof item === 'string' || typeof item === 'number') continue
    const lost = findLost(item, `${path}.${key}`)
    if (lost !== null) return lost
  }
  return null
}
