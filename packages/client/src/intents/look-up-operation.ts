import type { OperationKey } from '@tollgate/contract'
import type { TollgateCore } from '../tollgate-core.ts'

/** The outcome of a call, as the server reports it. */
export type OperationReport =
  | { state: 'executing' | 'settled' | 'voided' | 'expired'; endedAt: string | null }
  /** The server never received the call. */
  | { state: 'not_found' }
  /** No answer, or one that this client does not understand. */
  | { state: 'unreachable' }

/** Asks the server for the outcome of the call with this key; never throws, because an unknown outcome is an answer too. */
export async function lookUpOperation(
  { untyped }: Pick<TollgateCore, 'untyped'>,
  key: OperationKey,
): Promise<OperationReport> {
  try {
    const operation: unknown = await untyped.query('billing.operation', { key })
    if (operation === null) return { state: 'not_found' }
    return isReport(operation) ? operation : { state: 'unreachable' }
  } catch {
    return { state: 'unreachable' }
  }
}

function isReport(value: unknown): value is OperationReport {
  if (typeof value !== 'object' || value === null) return false
  if (!('endedAt' in value && 'state' in value)) return false
  const { state } = value
  return state === 'executing' || state === 'settled' || state === 'voided' || state === 'expired'
}
