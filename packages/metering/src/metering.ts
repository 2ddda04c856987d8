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
  /** `hold`: charge what was held. `reported`: charge what the work reports, the hold being the most expected. */
  settle: 'hold' | 'reported'
  /**
   * Whom the call is made by or for, besides the customer: every limit of each bounds it. In a tree of runs, all from the root on.
   */
  subjects?: readonly CallSubject[] | undefined
  /** The plan must switch this on (403 otherwise). */
  feature?: string | null
  /** The longest the work may take; default `policy.deadlineMs`. */
  deadlineMs?: number | undefined
  /** Aborted when the caller is gone; handed to the work, which may ignore it. */
  signal?: AbortSignal | undefined
  /** How the answer is kept for a retry; as plain JSON without one. */
  codec?: Codec | null
  /**
   * By what its result is known: of several operations with the same one, the first to end is charged, under whatever keys they
   * came. Not for streams.
   */
  resultId?(output: unknown): string | number
  /** What its work costs us, where that is not reported call by call. */
  cost?: DeclaredCost | undefined
}

/**
 * Credits of one meter to hold. With `least`, a call whose use is reported begins with what is there, from `least` up to `hold`;
 * a stream ends cleanly where that is used.
 */
export type MeterCharge<Meter extends string = string> = {
  meter: Meter
  hold: number
  least?: number | undefined
}

/** What the work sees of its own operation. */
export type RunningOperation = {
  operationId: OperationId
  /** What is held per meter, and may be used. */
  holds: Readonly<Partial<Record<string, number>>>
  /** Aborted at the deadline, when the caller is gone, or when the hold was lost. */
  signal: AbortSignal
  /**
   * Says how much was used so far, in total (not the increment). Throws `MeteringError` `COST_INVALID` for anything but a
   * whole number from 0 to 2³¹−1. Without `meter`, the first charge's.
   */
  report(amount: number, meter?: string): void
  /** Replaces what was reported, by less as well: an exact total that is known only after an estimate. Throws like `report`. */
  correct(amount: number, meter?: string): void
  /** Says what a call of a provider costs us; stored as the operation ends, whether it is charged or not. Never throws. */
  reportCost(call: ProviderCall): void
}

/** A billed call that succeeded. The output of a collected stream is its chunks, the receipt being the last. */
export type BilledResult<Output, Meter extends string = string> = {
  output: Output
  receipt: Receipt<Meter>
}

/** A billed stream that was let in; the last chunk is the receipt. */
export type BilledStream<Chunk, Meter extends string = string> = {
  operationId: OperationId
  chunks: AsyncIterable<Chunk | ReceiptChunk<Meter>>
  replayed: boolean
}

/** What a billed call runs: it returns its output, or yields chunks of it. */
export type Work<Output> = (operation: RunningOperation) => Output | Promise<Output>

/** What a billed call is answered with: a stream for work that yields, an answer for work that returns. */
export type Billed<Output, Meter extends string = string> = [Output] extends [never]
  ? BilledResult<Output, Meter>
  : Output extends AsyncIterable<infer Chunk>
    ? BilledStream<Chunk, Meter>
    : BilledResult<Output, Meter>

/**
 * hold → work → settle, and everything around it that keeps the ledger exact. Amounts are whole numbers of a meter's smallest
 * unit. Every method may throw `MeteringError` with `billing_unavailable` (503) when the database is away.
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
  /** What charges are delivered to and plans are bought from. */
  readonly backend: BillingBackend
  /** What is counted. */
  readonly catalog: Catalog<Meter>
  /**
   * Runs work that costs credits: hold, work, settle. Work that throws is not charged; a stream is charged what was
   * delivered, whatever ends it. With `collect`, for a caller who cannot read chunks as they come, a stream is read to its
   * end first: at the price of a streamed one, and not charged when it breaks off before.
   */
  run(
    call: BilledCall<unknown, Meter> & { collect: boolean },
    work: Work<unknown>,
  ): Promise<BilledResult<unknown, Meter> | BilledStream<unknown, Meter>>
  run<Output>(call: BilledCall<unknown, Meter>, work: Work<Output>): Promise<Billed<Output, Meter>>
  /** Every meter of a customer; asks the backend on first sight and after `policy.freshForMs`. */
  balances(customer: BillingCustomer): Promise<Balance<Meter>[]>
  /** Subscription and features as last read, or null while the backend has never been reached for this customer. */
  billing(customer: BillingCustomer): Promise<CustomerBilling | null>
  /** Reads the backend now: after a checkout, on a webhook. Throws `MeteringError` `billing_unavailable`. */
  sync(customer: BillingCustomer): Promise<Balance<Meter>[]>
  /** Has one customer's belongings moved to another by `move`, while none of its credits can be spent here; throws what `move` throws. */
  handOver(handOver: HandOver): Promise<HandOverOutcome>
  /** A customer's operations, newest first; `limit` 1 … 100. */
  activity(
    customerId: CustomerId,
    page: { limit: number; cursor?: string },
  ): Promise<ActivityPage<Meter>>
  /** A customer's own ledger, newest first: operations, and what changed a balance without one; `limit` 1 … 100. */
  ledger(
    customerId: CustomerId,
    page: { limit: number; cursor?: string; filter?: LedgerFilter<Meter> },
  ): Promise<LedgerPage<Meter>>
  /** What a customer was charged per UTC day and meter in the last days, oldest first; days without use are left out. */
  history(customerId: CustomerId, range: { days: number }): Promise<DailyUse<Meter>[]>
  /** What a customer, its members, its API keys and its runs may spend. */
  readonly limits: Limits<Meter>
  /** What a customer allows itself to spend per calendar month, for the meters it has set a cap on: its own monthly limits. */
  spendCaps(customerId: CustomerId): Promise<SpendCap<Meter>[]>
  /** Sets the cap of a meter, or takes it away with null; from the next hold on it is kept to, by every process. */
  setSpendCap(customer: BillingCustomer, cap: { meter: Meter; cap: number | null }): Promise<void>
  /** One operation by the key its caller minted. */
  operation(
    customerId: CustomerId,
    key: OperationKey,
    procedure?: string,
  ): Promise<OperationStatus<Meter> | null>
  /** What a settled operation of this customer returned; null when the customer has no such operation. */
  result(customerId: CustomerId, operationId: OperationId): Promise<StoredResult | null>
  /** What operations of these customers returned, who are one person, while it is kept, newest first; `limit` 1 … 24. */
  results(customerIds: readonly CustomerId[], request: ResultsRequest): Promise<ResultsPage<Meter>>
  /** One operation of this customer by its id, with its result while that is kept. */
  receipt(
    customerId: CustomerId,
    wanted: { operationId: OperationId; codec: Codec | null },
  ): Promise<OperationReceipt<Meter> | null>
  /** Calls the listener with the meters that changed, whichever process changed them. Returns how to stop. */
  onBalanceChange(
    customerId: CustomerId,
    listener: (updates: BalanceUpdate<Meter>[]) => void,
  ): () => void
  /** Starts relay and sweeper. */
  start(): Promise<void>
  /** Stops taking work from the queues, lets what is on its way end, stops listening. */
  stop(): Promise<void>
  /** Delivers until no usage event is due; for shutdown, tools and tests. */
  drain(): Promise<void>
  /** Ends operations whose process is gone, now; returns how many. The sweeper does it every `policy.sweepMs`. */
  sweep(): Promise<number>
  /** How far the backend is behind; for metrics and readiness. */
  backlog(): Promise<RelayBacklog>
  /** Running operations and customers that cannot be sold to, for metrics. */
  health(): Promise<MeteringHealth>
}
