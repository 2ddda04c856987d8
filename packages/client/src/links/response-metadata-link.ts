import {
  BALANCE_HEADER,
  type BalanceUpdate,
  decodeBalanceHeader,
  OPERATION_ID_HEADER,
  type OperationKey,
  type Receipt,
  RECEIPT_HEADER,
  REPLAYED_HEADER,
} from '@tollgate/contract'
import type { Operation, TRPCLink } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { tap } from '@trpc/server/observable'
import { operationKeyOf } from '../operation-key.ts'

export type ResponseListeners = {
  /** Called with the balances of every answer, refusals included. */
  onBalances?: ((updates: BalanceUpdate[]) => void) | undefined
  /** Called with the receipt of every billed answer. */
  onReceipt?: ((key: OperationKey, receipt: Receipt) => void) | undefined
}

/** Passes balances and receipts from the response headers to the listeners. Placed after the key link. */
export function responseMetadataLink(listeners: ResponseListeners): TRPCLink<AnyRouter> {
  return () =>
    ({ op, next }) =>
      next(op).pipe(
        tap({
          next: ({ context }) => notify(op, headersOf(context)),
          error: ({ meta }) => notify(op, headersOf(meta)),
        }),
      )

  function notify(op: Operation, headers: Headers | null): void {
    if (!headers) return
    const balances = decodeBalanceHeader(headers.get(BALANCE_HEADER))
    if (balances.length > 0) listeners.onBalances?.(balances)
    const key = operationKeyOf(op)
    const receipt = key && receiptOf(headers, balances)
    if (receipt) listeners.onReceipt?.(key, receipt)
  }
}

function headersOf(context: Record<string, unknown> | undefined): Headers | null {
  const response = context?.['response']
  if (typeof response !== 'object' || response === null || !('headers' in response)) return null
  return response.headers instanceof Headers ? response.headers : null
}

function receiptOf(headers: Headers, balances: BalanceUpdate[]): Receipt | null {
  const operationId = headers.get(OPERATION_ID_HEADER)
  const cost = parse(headers.get(RECEIPT_HEADER))
  if (!operationId || !cost) return null
  const replayed = headers.get(REPLAYED_HEADER) === 'true'
  return { operationId, balances, replayed, ...cost }
}

function parse(value: string | null): Pick<Receipt, 'charges' | 'at' | 'chargedBy'> | null {
  if (!value) return null
  try {
    const cost: unknown = JSON.parse(value)
    if (typeof cost !== 'object' || cost === null || !('charges' in cost && 'at' in cost))
      return null
    if (!Array.isArray(cost.charges) || typeof cost.at !== 'string') return null
    const by = 'chargedBy' in cost && typeof cost.chargedBy === 'string' ? cost.chargedBy : null
    return {
      charges: cost.charges.filter(isCharge),
      at: cost.at,
      ...(by ? { chargedBy: by } : {}),
    }
  } catch {
    return null
  }
}

function isCharge(value: unknown): value is { meter: string; amount: number } {
  if (typeof value !== 'object' || value === null) return false
  if (!('meter' in value && 'amount' in value)) return false
  const { meter, amount } = value
  return typeof meter === 'string' && Number.isSafeInteger(amount)
}
