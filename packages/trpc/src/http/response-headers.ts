import {
  BALANCE_HEADER,
  type BalanceUpdate,
  encodeBalanceHeader,
  OPERATION_ID_HEADER,
  type Receipt,
  RECEIPT_HEADER,
  REPLAYED_HEADER,
} from '@tollgate/contract'
import type { TRPCError } from '@trpc/server'
import { billingErrorOf } from '../errors/billing-error-of.ts'
import { retryAfterSeconds } from '../errors/retry-after-seconds.ts'
import { toTrpcError } from '../errors/to-trpc-error.ts'

/** What one call adds to the response headers. */
export type ResponseMetadata = {
  operationId?: string
  receipt?: Receipt
  replayed?: boolean
  balances?: BalanceUpdate[]
  retryAfterMs?: number
}

/** Adds to the metadata of the call at a batch index. */
export function addMetadata(
  metadata: Map<number, ResponseMetadata>,
  batchIndex: number,
  added: ResponseMetadata,
): void {
  metadata.set(batchIndex, { ...metadata.get(batchIndex), ...added })
}

/**
 * The response headers of a request: balances, operation ids, receipts, replays. In a batch, values per call are comma-separated by
 * index, receipts are a JSON array. A request whose calls never started has only its errors.
 */
export function responseHeaders(
  metadata: ReadonlyMap<number, ResponseMetadata> | null,
  errors: readonly TRPCError[],
): Record<string, string> {
  const calls = byIndex(metadata ?? new Map())
  const headers = {
    [BALANCE_HEADER]: encodeNewest(calls),
    [OPERATION_ID_HEADER]: list(calls, ({ operationId }) => operationId),
    [RECEIPT_HEADER]: receipts(calls),
    [REPLAYED_HEADER]: list(calls, ({ replayed }) => (replayed ? 'true' : undefined)),
    'Retry-After': retryAfter(errors),
  }
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null),
  )
}

type Calls = readonly (ResponseMetadata | undefined)[]

function byIndex(metadata: ReadonlyMap<number, ResponseMetadata>): Calls {
  const length = Math.max(-1, ...metadata.keys()) + 1
  return Array.from({ length }, (_, index) => metadata.get(index))
}

function encodeNewest(calls: Calls): string | null {
  const newest = new Map<string, BalanceUpdate>()
  for (const update of calls.flatMap((call) => call?.receipt?.balances ?? call?.balances ?? [])) {
    const known = newest.get(update.meter)
    if (!known || known.version <= update.version) newest.set(update.meter, update)
  }
  return newest.size === 0 ? null : encodeBalanceHeader([...newest.values()])
}

function list(calls: Calls, read: (call: ResponseMetadata) => string | undefined): string | null {
  const values = calls.map((call) => (call && read(call)) ?? '')
  return values.some(Boolean) ? values.join(',') : null
}

function receipts(calls: Calls): string | null {
  const written = calls.map((call) => {
    if (!call?.receipt) return null
    const { charges, at, chargedBy } = call.receipt
    return { charges, at, ...(chargedBy ? { chargedBy } : {}) }
  })
  if (!written.some(Boolean)) return null
  return JSON.stringify(written.length === 1 ? written[0] : written)
}

function retryAfter(errors: readonly TRPCError[]): string | null {
  const waits = errors.flatMap(
    (error) => retryAfterSeconds(billingErrorOf(toTrpcError(error))) ?? [],
  )
  return waits.length === 0 ? null : String(Math.max(...waits))
}
