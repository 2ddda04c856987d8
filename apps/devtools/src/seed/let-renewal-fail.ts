import { z } from 'zod'
import { askBilling, type BillingAccess } from './ask-billing.ts'
import type { PersonaSession } from './persona-session.ts'

/** Before the end of the period, so that customers who renew earlier have paid by then. */
const MARGIN_MS = 1000
const plan = z.object({
  billing: z.object({
    subscription: z.object({ status: z.string(), periodEnd: z.iso.datetime() }),
  }),
})
const state = z.object({ now: z.number() })

/** Moves the backend's clock to the renewal of a plan and has the payment fail; does nothing once it has failed. */
export async function letRenewalFail(
  session: PersonaSession,
  billing: BillingAccess,
): Promise<void> {
  const { subscription } = plan.parse(await session.read('billing.plan')).billing
  if (subscription.status === 'past_due') return
  const end = Date.parse(subscription.periodEnd)
  await advanceTo(billing, end - MARGIN_MS)
  await askBilling(billing, '/dev/faults', { failingPayments: 1 })
  await advanceTo(billing, end + MARGIN_MS)
  await session.call('billing.refresh', {})
  const after = plan.parse(await session.read('billing.plan')).billing.subscription
  if (after.status !== 'past_due') {
    throw new Error(`The renewal came and the plan is ${after.status}; it should be past_due.`)
  }
}

async function advanceTo(billing: BillingAccess, instant: number): Promise<void> {
  const { now } = state.parse(await askBilling(billing, '/dev/state'))
  if (instant > now) {
    await askBilling(billing, '/dev/clock/advance', { milliseconds: Math.ceil(instant - now) })
  }
}
