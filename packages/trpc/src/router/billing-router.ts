import type { Catalog } from '@tollgate/contract'
import { activity } from './activity.ts'
import { balance } from './balance.ts'
import { type BillingBuilders, createBillingProcedures } from './billing-procedures.ts'
import { catalog as catalogProcedure } from './catalog.ts'
import { checkout } from './checkout.ts'
import { history } from './history.ts'
import { ledger } from './ledger.ts'
import type { NarrowRouter } from './narrow-router.ts'
import { onBalance } from './on-balance.ts'
import { openPayment } from './open-payment.ts'
import { operation } from './operation.ts'
import { plan } from './plan.ts'
import { planChanges } from './plan-changes.ts'
import { previewPlanChange } from './preview-plan-change.ts'
import { quote } from './quote.ts'
import { receipt } from './receipt.ts'
import { refresh } from './refresh.ts'
import { results } from './results.ts'
import { setSpendCap } from './set-spend-cap.ts'
import { spendCaps } from './spend-caps.ts'
import { summary } from './summary.ts'

/** The router that an application mounts as `billing`; none of it charges. */
export type BillingRouter<Meter extends string = string> = NarrowRouter<
  ReturnType<typeof createBillingRouter>,
  Meter
>

/** Makes the billing router with an application's builders. */
export function createBillingRouter(builders: BillingBuilders, catalog: Catalog) {
  const procedures = createBillingProcedures(builders, catalog)
  return {
    balance: balance(procedures),
    catalog: catalogProcedure(procedures),
    quote: quote(procedures),
    plan: plan(procedures),
    summary: summary(procedures),
    activity: activity(procedures),
    ledger: ledger(procedures),
    history: history(procedures),
    operation: operation(procedures),
    results: results(procedures),
    receipt: receipt(procedures),
    spendCaps: spendCaps(procedures),
    setSpendCap: setSpendCap(procedures),
    onBalance: onBalance(procedures),
    checkout: checkout(procedures),
    openPayment: openPayment(procedures),
    refresh: refresh(procedures),
    previewPlanChange: previewPlanChange(procedures),
    ...planChanges(procedures),
  }
}
