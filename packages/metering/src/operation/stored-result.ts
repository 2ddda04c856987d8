import { operationId, type Receipt, type ReceiptChunk, type StoredOutput } from '@tollgate/contract'
import { toBalanceUpdate } from '../balance/to-balance-update.ts'
import type { Codec } from '../codec.ts'
import { nonJsonType } from '../keys/non-json-type.ts'
import type { BilledResult, BilledStream } from '../metering.ts'
import type { SettleResult } from '../store/batch-element.ts'
import { resultNotJson, resultTooLarge } from './faults.ts'
import type { Replay } from './place-operation.ts'
import { resultGone } from './refusals.ts'

/** A result as stored with its operation: either an output or chunks, and whether a codec wrote it. */
type StoredJson = ({ output?: unknown } | { chunks: unknown[]; complete: boolean }) & {
  encoded?: true
}

/** How the results of a call are stored. */
type Storing = { procedure: string; codec?: Codec | null }

/**
 * Serializes an output for storage; `undefined` becomes a missing field. Throws `MeteringError` `RESULT_NOT_JSON` for what could not be
 * replayed, `RESULT_TOO_LARGE` for more than `bytesMax`.
 */
export function storeOutput(output: unknown, storing: Storing & { bytesMax: number }): string {
  const { procedure, bytesMax, codec } = storing
  const stored = `{"output":${storeChunk(output, storing)}${codec ? ENCODED : ''}}`
  if (Buffer.byteLength(stored) > bytesMax) throw resultTooLarge(procedure, bytesMax)
  return output === undefined && !codec ? '{}' : stored
}

/** Serializes one chunk for storage. Throws `MeteringError` `RESULT_NOT_JSON`. */
export function storeChunk(chunk: unknown, { procedure, codec }: Storing): string {
  let lost: string | null
  try {
    const kept = codec ? codec.serialize(chunk) : chunk
    lost = findLost(kept, 'it')
    if (lost === null) return JSON.stringify(kept) ?? 'null'
  } catch (error) {
    lost = error instanceof Error ? error.message : String(error)
  }
  throw resultNotJson(procedure, lost)
}

/** Joins serialized chunks for storage. */
export function storeChunks(
  chunks: readonly string[],
  { complete, codec }: { complete: boolean; codec?: Codec | null | undefined },
): string {
  return `{"chunks":[${chunks.join()}],"complete":${complete}${codec ? ENCODED : ''}}`
}

const ENCODED = ',"encoded":true'

/**
 * The result of an earlier call with the same key, with current balances, in the form that this caller reads. Throws `MeteringError`
 * `result_gone` when the codec that wrote it is no longer configured.
 */
export function replayStored(
  replay: Replay,
  { collect, codec }: { collect: boolean; codec: Codec | null },
): BilledResult<unknown> | BilledStream<unknown> {
  const stored = decodeStored(replay, codec)
  const complete = !('chunks' in stored) || stored.complete
  const said = { operationId: replay.operationId, replayed: true, complete }
  const receipt = toReceipt(replay, said)
  if (!('chunks' in stored)) return { output: stored.output, receipt }
  const all = [...stored.chunks, { type: 'receipt', receipt } satisfies ReceiptChunk]
  if (collect) return { output: all, receipt }
  const id = operationId(replay.operationId)
  return { operationId: id, chunks: iterate(all), replayed: true }
}

/** A stored result for a list, a stream's chunks as an array; null when the codec that wrote it is no longer configured. */
export function readOutput(result: string, codec: Codec | null): StoredOutput | null {
  const stored = decode(parseStored(result), codec)
  if (!stored) return null
  return 'chunks' in stored
    ? { output: stored.chunks, streamed: true, complete: stored.complete }
    : { output: stored.output, streamed: false, complete: true }
}

function decodeStored({ result, operationId: id }: Replay, codec: Codec | null): StoredJson {
  const stored = decode(parseStored(result), codec)
  if (!stored) throw resultGone(id)
  return stored
}

function decode(stored: StoredJson, codec: Codec | null): StoredJson | null {
  if (!stored.encoded) return stored
  if (!codec) return null
  return 'chunks' in stored
    ? { ...stored, chunks: stored.chunks.map((chunk) => codec.deserialize(chunk)) }
    : { output: codec.deserialize(stored.output) }
}

/** Parses the text that one of the functions above wrote. */
export function parseStored(result: string): StoredJson {
  return JSON.parse(result)
}

/** What one settled operation cost. */
export function toReceipt(
  settled: Pick<
    Extract<SettleResult, { outcome: 'settled' }>,
    'at' | 'asOf' | 'charges' | 'accounts' | 'chargedBy'
  >,
  said: {
    operationId: string
    replayed: boolean
    complete: boolean
    more?: { meter: string; amount: number } | null
  },
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
  if (said.more) receipt.more = said.more
  if (settled.chargedBy) receipt.chargedBy = settled.chargedBy
  return receipt
}

async function* iterate(chunks: readonly unknown[]): AsyncGenerator {
  yield* chunks
}

/** Where a value contains what JSON would lose ("it.pictures[0] is a Map"); null when all of it can be replayed. */
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
    // Most values are strings and numbers, which need no path.
    if (typeof item === 'string' || typeof item === 'number') continue
    const lost = findLost(item, `${path}.${key}`)
    if (lost !== null) return lost
  }
  return null
}
