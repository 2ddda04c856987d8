import type {
  Balance,
  BalanceUpdate,
  CustomerBilling,
  DailyUse,
  Offer,
  OperationReceipt,
  SpendCap,
} from '@tollgate/contract'
import type { ActivityPage, LedgerPage, OperationStatus, ResultsPage } from '@tollgate/metering'
import type {
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from '@trpc/server'
import type { ProcedureCost } from './catalog.ts'
import type { Quote } from './quote.ts'

/** A billing router typed with the meters of one catalog; internally a slug is a validated string. */
export type NarrowRouter<Router, Meter extends string> = {
  [Name in keyof Router]: Router[Name] extends TRPCQueryProcedure<infer Of>
    ? TRPCQueryProcedure<Narrow<Of, Name, Meter>>
    : Router[Name] extends TRPCMutationProcedure<infer Of>
      ? TRPCMutationProcedure<Narrow<Of, Name, Meter>>
      : Router[Name] extends TRPCSubscriptionProcedure<infer Of>
        ? TRPCSubscriptionProcedure<Narrow<Of, Name, Meter>>
        : never
}

type Narrow<
  Of extends { input: unknown; output: unknown; meta: unknown },
  Name,
  Meter extends string,
> = {
  input: Of['input']
  output: Name extends keyof Answers<Meter> ? Answers<Meter>[Name] : Of['output']
  meta: Of['meta']
}

type Answers<Meter extends string> = {
  balance: { balances: Balance<Meter>[] }
  catalog: { offers: Offer[]; procedures: ProcedureCost<Meter>[] }
  quote: Quote<Meter>
  activity: ActivityPage<Meter>
  ledger: LedgerPage<Meter>
  history: { used: DailyUse<Meter>[] }
  operation: OperationStatus<Meter> | null
  results: ResultsPage<Meter>
  receipt: (OperationReceipt<Meter> & { signed: string | null }) | null
  spendCaps: { caps: SpendCap<Meter>[] }
  setSpendCap: { caps: SpendCap<Meter>[] }
  onBalance: AsyncGenerator<BalanceUpdate<Meter>[]>
  refresh: { balances: Balance<Meter>[] }
  changePlan: Changed<Meter>
  cancelPlan: Changed<Meter>
  keepPlan: Changed<Meter>
}
type Changed<Meter extends string> = { billing: CustomerBilling; balances: Balance<Meter>[] }
