import { activity } from './billing/activity.ts'
import { balance } from './billing/balance.ts'
import { cancelPlan } from './billing/cancel-plan.ts'
import { catalogOf } from './billing/catalog.ts'
import { changePlan } from './billing/change-plan.ts'
import { checkout } from './billing/checkout.ts'
import { history } from './billing/history.ts'
import { keepPlan } from './billing/keep-plan.ts'
import { ledger } from './billing/ledger.ts'
import { onBalance } from './billing/on-balance.ts'
import { operation } from './billing/operation.ts'
import { plan } from './billing/plan.ts'
import { previewPlanChange } from './billing/preview-plan-change.ts'
import { quoteOf } from './billing/quote.ts'
import { refresh } from './billing/refresh.ts'
import { setSpendCap } from './billing/set-spend-cap.ts'
import { spendCaps } from './billing/spend-caps.ts'
import { generate } from './images/generate.ts'
import { summarize } from './text/summarize.ts'
import { qrCode } from './tools/qr-code.ts'
import { router } from './trpc.ts'

/** What the product sells: a new billed procedure is one more row. */
const sold = {
  images: { generate },
  text: { summarize },
  tools: { qrCode },
}

/** Every procedure by its name. */
export const appRouter = router({
  ...sold,
  billing: {
    balance,
    catalog: catalogOf(sold),
    quote: quoteOf(sold),
    plan,
    activity,
    ledger,
    history,
    operation,
    spendCaps,
    setSpendCap,
    onBalance,
    checkout,
    refresh,
    previewPlanChange,
    changePlan,
    cancelPlan,
    keepPlan,
  },
})

/** The router's types, which are all that a client may import. */
export type AppRouter = typeof appRouter
