import type { BillingBackend, BillingCustomer, CustomerBilling } from '@tollgate/contract'
import type { Metering } from '@tollgate/metering'
import { z } from 'zod'
import type { Caller } from '../billing-options.ts'
import { balancesAnswer } from './balances-answer.ts'
import type { BillingProcedures } from './billing-procedures.ts'
import { customerBilling } from './customer-billing-answer.ts'
import { requireOwner } from './require-owner.ts'
import { dropSummary } from './summary-cache.ts'

/** The changes of a customer's plan; each returns the resulting plan and balances. */
export function planChanges({ free, price }: BillingProcedures) {
  const change = free('manages a subscription').output(changedPlanAnswer)
  return {
    /** Changes between paid plans; a first paid plan is bought through `billing.checkout`. */
    changePlan: change
      .input(z.object({ priceSlug: price }))
      .mutation(({ ctx, input }) =>
        changed(ctx.billing, (backend, customer) => backend.changePlan(customer, input.priceSlug)),
      ),
    /** Cancels the plan at the end of its period. */
    cancelPlan: change.mutation(({ ctx }) =>
      changed(ctx.billing, (backend, customer) => backend.cancelPlan(customer)),
    ),
    /** Undoes a scheduled cancellation or change of plan. */
    keepPlan: change.mutation(({ ctx }) =>
      changed(ctx.billing, (backend, customer) => backend.keepPlan(customer)),
    ),
  }
}

async function changed(
  caller: { metering: Metering } & Caller,
  change: (backend: BillingBackend, customer: BillingCustomer) => Promise<CustomerBilling>,
) {
  requireOwner(caller)
  const { metering, customer } = caller
  const billing = await change(metering.backend, customer)
  dropSummary(metering.backend, customer)
  return { billing, balances: await metering.sync(customer) }
}

const changedPlanAnswer = z
  .object({ billing: customerBilling, balances: balancesAnswer.shape.balances })
  .describe('The plan of the caller after the change, and its balances')
