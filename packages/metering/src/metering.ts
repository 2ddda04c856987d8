import type {
  Balance,
  BalanceUpdate,
  BillingBackend,
  BillingCustomer,
  CallSubject,
  Catalog,
  CustomerBilling,
  CustomerId,
  DailyUse,
  LedgerFilter,
  OperationId,
  OperationKey,
  OperationReceipt,
  Receipt,
  ReceiptChunk,
  SpendCap,
} from '@tollgate/contract'
import type { Codec } from './codec.ts'
import type { Limits } from './limits.ts'
import type {
  ActivityPage,
  StoredResult,
  LedgerPage,
  OperationStatus,
  ResultsPage,
  ResultsRequest,
} from './operation-status.ts'
import type { DeclaredCost, ProviderCall } from './provider-cost.ts'
import type { MeteringHealth } from './store/read-health.ts'
import type { RelayBacklog } from './store/relay-backlog.ts'
import type { HandOver, HandOverOutcome } from './sync/hand-over-customer.ts'

/**
 * One billed call as the caller describes it. Amounts are whole numbers of the meter's smallest unit, 1 … 2³¹−1.
 *
 * @example
 * const call: BilledCall = {
 *   customer, procedure: 'images.generate', key, input: { prompt: 'a fox' },
 *   charges: [{ meter: 'image_generations', hold: 1 }], settle: 'hold',
 * }
 */
export type BilledCall<Input = unknown, Meter extends string = string> = {
  customer: BillingCustomer
  /** The procedure's path; part of the scope of the key. */
  procedure: string
  key: OperationKey
  /** What the caller sent, before defaults are filled in: the same key with other input is refused (422). */
  input: Input
  /** What is held before the work, per meter; all or nothing. */
  charges: readonly MeterCharge<Meter>[]
  /** `hold`: charge what was held. `reported`: charge what the work reports; the hold is the most expected. */
  settle: 'hold' | 'reported'
  /**
   * The member, API key or runs that the call is made by or for, besides the customer: the limits of each apply. For a nested run, list
   * every run from the root down.
   */
  subjects?: readonly CallSubject[] | undefined
  /** A feature that the plan must include (403 otherwise). */
  feature?: string | null
  /** The longest the work may take; default `policy.deadlineMs`. */
  deadlineMs?: number | undefined
  /** Aborted when the caller disconnects; passed to the work, which may ignore it. */
  signal?: AbortSignal | undefined
  /** How the result is serialized for a retry; plain JSON without one. */
  codec?: Codec | null
  /**
   * The id of the result: of several operations with the same one, only the first to end is charged, whatever their keys. Not for
   * streams.
   */
  resultId?(output: unknown): string | number
  /** The provider cost of the work, unless it is reported per provider call. */
  cost?: DeclaredCost | undefined
}

/**
 * Credits of one meter to hold. With `least`, a call with reported usage starts with the available credits, from `least` up to `hold`; a
 * stream ends cleanly once they are used up.
 */
export type MeterCharge<Meter extends string = string> = {
  meter: Meter
  hold: number
  least?: number | undefined
}

/** What the work sees of its own operation. */
export type RunningOperation = {
  operationId: OperationId
  /** What is held, and may be used, per meter. */
  holds: Readonly<Partial<Record<string, number>>>
  /** Aborted at the deadline, when the caller disconnects, or when the hold is lost. */
  signal: AbortSignal
  /**
   * Reports the total used so far (not the increment). Throws `MeteringError` `COST_INVALID` for anything but a whole number from 0 to
   * 2³¹−1. Without `meter`, the first charge's.
   */
  report(amount: number, meter?: string): void
  /** Replaces what was reported, possibly by less: for an exact total that follows an estimate. Throws like `report`. */
  correct(amount: number, meter?: string): void
  /** Reports the cost of a provider call; stored when the operation ends, whether it is charged or not. Never throws. */
  reportCost(call: ProviderCall): void
}

/** A billed call that succeeded. The output of a collected stream is its chunks, with the receipt last. */
export type BilledResult<Output, Meter extends string = string> = {
  output: Output
  receipt: Receipt<Meter>
}

/** A billed stream that was admitted; its last chunk is the receipt. */
export type BilledStream<Chunk, Meter extends string = string> = {
  operationId: OperationId
  chunks: AsyncIterable<Chunk | ReceiptChunk<Meter>>
  replayed: boolean
}

/** What a billed call runs: it returns its output, or yields chunks of it. */
export type Work<Output> = (operation: RunningOperation) => Output | Promise<Output>

/** What a billed call returns: a stream for work that yields, a result for work that returns. */
export type Billed<Output, Meter extends string = string> = [Output] extends [never]
  ? BilledResult<Output, Meter>
  : Output extends AsyncIterable<infer Chunk>
    ? BilledStream<Chunk, Meter>
    : BilledResult<Output, Meter>

/**
 * hold → work → settle, and everything around it that keeps the ledger exact. Amounts are whole numbers of a meter's smallest unit. Every
 * method may throw `MeteringError` with `billing_unavailable` (503) when the database is unavailable.
 *
 * @example
 * const { chunks } = await metering.run(call, async function* ({ report, signal }) {
 *   for await (const part of model.write(prompt, { signal })) {
 *     report(part.tokensSoFar)
 *     yield part.text
 *   }
 * })
 */
export type Metering<Meter extends string = string> = {
  /** Receives the charges and sells the plans. */
  readonly backend: BillingBackend
  /** The meters and features. */
  readonly catalog: Catalog<Meter>
  /**
   * Runs work that costs credits: hold, work, settle. Work that throws is not charged; a stream is charged for what was delivered,
   * whatever ends it. With `collect`, for callers that cannot read a stream, all chunks are collected first: the price is the same, but a
   * stream that fails before its end is not charged.
   */
  run(
    call: BilledCall<unknown, Meter> & { collect: boolean },
    work: Work<unknown>,
  ): Promise<BilledResult<unknown, Meter> | BilledStream<unknown, Meter>>
  run<Output>(call: BilledCall<unknown, Meter>, work: Work<Output>): Promise<Billed<Output, Meter>>
  /** Every meter of a customer; reads the backend the first time and again after `policy.freshForMs`. */
  balances(customer: BillingCustomer): Promise<Balance<Meter>[]>
  /** Subscription and features as last read; null if the backend has never been read for this customer. */
  billing(customer: BillingCustomer): Promise<CustomerBilling | null>
  /** Reads the backend now: after a checkout, on a webhook. Throws `MeteringError` `billing_unavailable`. */
  sync(customer: BillingCustomer): Promise<Balance<Meter>[]>
  /** Moves what one customer owns to another with `move`, while none of its credits can be spent here; throws what `move` throws. */
  handOver(handOver: HandOver): Promise<HandOverOutcome>
  /** A customer's operations, newest first; `limit` 1 … 100. */
  activity(
    customerId: CustomerId,
    page: { limit: number; cursor?: string },
  ): Promise<ActivityPage<Meter>>
  /** A customer's own ledger, newest first: operations and other balance changes; `limit` 1 … 100. */
  ledger(
    customerId: CustomerId,
    page: { limit: number; cursor?: string; filter?: LedgerFilter<Meter> },
  ): Promise<LedgerPage<Meter>>
  /** What a customer was charged per UTC day and meter in the last days, oldest first; days without usage are omitted. */
  history(customerId: CustomerId, range: { days: number }): Promise<DailyUse<Meter>[]>
  /** The spending limits of a customer, its members, its API keys and its runs. */
  readonly limits: Limits<Meter>
  /** The customer's own monthly caps, for the meters that have one. */
  spendCaps(customerId: CustomerId): Promise<SpendCap<Meter>[]>
  /** Sets the cap of a meter, or removes it with null; every process enforces it from the next hold on. */
  setSpendCap(customer: BillingCustomer, cap: { meter: Meter; cap: number | null }): Promise<void>
  /** One operation by its caller's key. */
  operation(
    customerId: CustomerId,
    key: OperationKey,
    procedure?: string,
  ): Promise<OperationStatus<Meter> | null>
  /** What a settled operation of this customer returned; null when the customer has no such operation. */
  result(customerId: CustomerId, operationId: OperationId): Promise<StoredResult | null>
  /** The stored results of these customers, all of them one person, newest first; `limit` 1 … 24. */
  results(customerIds: readonly CustomerId[], request: ResultsRequest): Promise<ResultsPage<Meter>>
  /** One operation of this customer by its id, with its result while that is stored. */
  receipt(
    customerId: CustomerId,
    wanted: { operationId: OperationId; codec: Codec | null },
  ): Promise<OperationReceipt<Meter> | null>
  /** Calls the listener with the meters that changed, whichever process changed them. Returns a function that stops listening. */
  onBalanceChange(
    customerId: CustomerId,
    listener: (updates: BalanceUpdate<Meter>[]) => void,
  ): () => void
  /** Starts relay and sweeper. */
  start(): Promise<void>
  /** Stops taking work from the queues, waits for what is in flight, and stops listening. */
  stop(): Promise<void>
  /** Delivers until no usage event is due; for shutdown, tools and tests. */
  drain(): Promise<void>
  /** Ends operations whose process died, now; returns how many. The sweeper does it every `policy.sweepMs`. */
  sweep(): Promise<number>
  /** How far delivery to the backend is behind; for metrics and readiness. */
  backlog(): Promise<RelayBacklog>
  /** Running operations, and customers whose calls are refused; for metrics. */
  health(): Promise<MeteringHealth>
}
