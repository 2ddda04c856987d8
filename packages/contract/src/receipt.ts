import type { BalanceUpdate } from './balance.ts'

/** What one successful operation cost, and the balances right after. */
export type Receipt<Meter extends string = string> = {
  operationId: string
  charges: { meter: Meter; amount: number }[]
  balances: BalanceUpdate<Meter>[]
  /** True when this is the stored answer of an earlier call with the same key. */
  replayed: boolean
  /** ISO instant of the charge. */
  at: string
  /** The operation that was charged for the same result, if there is one: nothing was charged for this one. */
  chargedBy?: string
  /** `false` when a stream ended early: the delivered part was charged, the rest was not made. */
  complete?: false
  /** For a stream that ended because credits or a limit ran out: the maximum cost of the rest. */
  more?: { meter: Meter; amount: number }
}

/** The last chunk of every billed stream; a stream that ends without one has an unknown outcome. */
export type ReceiptChunk<Meter extends string = string> = {
  type: 'receipt'
  receipt: Receipt<Meter>
}
