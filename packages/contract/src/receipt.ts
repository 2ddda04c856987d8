import type { BalanceUpdate } from './balance.ts'

/** What one successful operation cost, and how the meters stood right after. */
export type Receipt = {
  operationId: string
  charges: { meter: string; amount: number }[]
  balances: BalanceUpdate[]
  /** True when this is the stored answer of an earlier call with the same key. */
  replayed: boolean
  /** ISO instant of the charge. */
  at: string
  /** `false` when a stream ended early: what was delivered was charged, the rest was not made. */
  complete?: false
}

/** The last chunk of every billed stream; a stream that ends without one has an unknown outcome. */
export type ReceiptChunk = { type: 'receipt'; receipt: Receipt }
