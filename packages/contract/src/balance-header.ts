import { type BalanceUpdate, toBalanceUpdate } from './balance.ts'

/** Response header with the balances that a call changed. */
export const BALANCE_HEADER = 'X-Billing'

/** Proxies reject large headers; three meters fit well within this. */
const BALANCE_HEADER_BYTES_MAX = 2048

/** Serializes balances for the `X-Billing` header; null when they do not fit, and the client must refetch. */
export function encodeBalanceHeader(updates: readonly BalanceUpdate[]): string | null {
  const value = JSON.stringify(updates.map(toBalanceUpdate))
  return value.length <= BALANCE_HEADER_BYTES_MAX ? value : null
}

/** Parses an `X-Billing` header; a malformed one yields an empty list, because a call must not fail over a balance. */
export function decodeBalanceHeader(value: string | null | undefined): BalanceUpdate[] {
  if (!value) return []
  try {
    const parsed: unknown = JSON.parse(value)
    return Array.isArray(parsed) ? parsed.filter(isBalanceUpdate) : []
  } catch {
    return []
  }
}

function isBalanceUpdate(value: unknown): value is BalanceUpdate {
  return (
    typeof value === 'object' &&
    value !== null &&
    'meter' in value &&
    typeof value.meter === 'string' &&
    'version' in value &&
    Number.isSafeInteger(value.version) &&
    'remaining' in value &&
    Number.isSafeInteger(value.remaining)
  )
}
