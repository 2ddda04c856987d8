import type { OperationKey } from '@tollgate/contract'
import type { TollgateCore } from '../tollgate-core.ts'

/** What became of a call, as the server says. */
export type OperationState = 'executing' | 'settled' | 'voided' | 'expired'

/** Asks the server what became of the call with this key; null when it never heard of one. Throws without an answer. */
export async function readOperation(
  { untyped }: Pick<TollgateCore, 'untyped'>,
  key: OperationKey,
): Promise<{ state: OperationState; endedAt: string | null } | null> {
  const operation: unknown = await untyped.query('billing.operation', { key })
  if (operation === null) return null
  if (isOperation(operation)) return operation
  throw new Error('The server says of an operation what this client does not understand.')
}

function isOperation(value: unknown): value is { state: OperationState; endedAt: string | null } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'endedAt' in value &&
    'state' in value &&
    isState(value.state)
  )
}

function isState(state: unknown): state is OperationState {
  return state === 'executing' || state === 'settled' || state === 'voided' || state === 'expired'
}
