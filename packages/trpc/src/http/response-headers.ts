import {
  BALANCE_HEADER,
  type BalanceUpdate,
  DEGRADED_HEADER,
  encodeBalanceHeader,
  OPERATION_ID_HEADER,
  type Receipt,
  RECEIPT_HEADER,
  REPLAYED_HEADER,
} from '@tollgate/contract'
import type { TRPCError } from '@trpc/server'
import { billingErrorOf } from '../errors/billing-error-of.ts'
import { translateError } from '../errors/translate-error.ts'

/** What one call has to say in response headers. */
export type CallAnswer = {
  operationId?: string
  receipt?: Receipt
  replayed?: boolean
  degraded?: boolean
  balances?: BalanceUpdate[]
  retryAfterMs?: number
}

/** Adds to what the call at a batch index has to say. */
export function note(answers: Map<number, CallAnswer>, batchIndex: number, said: CallAnswer): void {
  answers.set(batchIndex, { ...answers.get(batchIndex), ...said })
}

/**
 * The response headers of a request: balances, operation ids, receipts, replays. In a batch, values per call are
 * comma-separated by index, receipts are a JSON array. A request whose calls never began has only its errors to go by.
 */
export function responseHeaders(
  answers: ReadonlyMap<number, CallAnswer> | null,
  errors: readonly TRPCError[],
): Record<string, string> {
  const calls = byIndex(answers ?? new Map())
  const headers = {
    [BALANCE_HEADER]: encodeNewest(calls),
    [OPERATION_ID_HEADER]: list(calls, ({ operationId }) => operationId),
    [RECEIPT_HEADER]: receipts(calls),
    [REPLAYED_HEADER]: list(calls, ({ replayed }) => (replayed ? 'true' : undefined)),
    [DEGRADED_HEADER]: calls.some((call) => call?.degraded) ? '1' : null,
    'Retry-After': retryAfter(errors),
  }
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null),
  )
}

type Calls = readonly (CallAnswer | undefined)[]

function byIndex(answers: ReadonlyMap<number, CallAnswer>): Calls {
  const length = Math.max(-1, ...answers.keys()) + 1
  return Array.from({ length }, (_, index) => answers.get(index))
}

function encodeNewest(calls: Calls): string | null {
  const newest = new Map<string, BalanceUpdate>()
  for (const update of calls.flatMap((call) => call?.receipt?.balances ?? call?.balances ?? [])) {
    const known = newest.get(update.meter)
    if (!known || known.version <= update.version) newest.set(update.meter, update)
  }
  return newest.size === 0 ? null : encodeBalanceHeader([...newest.values()])
}

function list(calls: Calls, read: (call: CallAnswer) => string | undefined): string | null {
  const values = calls.map((call) => (call && read(call)) ?? '')
  return values.some(Boolean) ? values.join(',') : null
}

function receipts(calls: Calls): string | null {
  const said = calls.map((call) => {
    if (!call?.receipt) return null
    const { charges, at, chargedBy } = call.receipt
    return { charges, at, ...(chargedBy ? { chargedBy } : {}) }
  })
  if (!said.some(Boolean)) return null
  return JSON.stringify(said.length === 1 ? said[0] : said)
}

function retryAfter(errors: readonly TRPCError[]): string | null {
  const waits = errors.flatMap((error) => {
    const billing = billingErrorOf(translateError(error))
    return billing && 'retryAfterMs' in billing ? billing.retryAfterMs : []
  })
  return waits.length === 0 ? null : String(Math.max(1, Math.ceil(Math.max(...waits) / 1000)))
}
