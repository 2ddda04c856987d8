import { z } from 'zod'
import { askBilling, type BillingAccess } from './ask-billing.ts'
import type { PersonaSession } from './persona-session.ts'

/**
 * How long before the end of the period the fault is set: late enough that other customers' renewals are paid. On a busy machine a short
 * margin may elapse first, and the renewal is paid; then the next renewal is tried with a longer margin.
 */
const MARGINS_MS = [1000, 5000, 30_000]
const PAST_END_MS = 1000
const plan = z.object({
  billing: z.object({
    subscription: z.object({ status: z.string(), periodEnd: z.iso.datetime() }),
  }),
})
const state = z.object({ now: z.number() })

/** Advances the backend's clock to the renewal of a plan and makes the payment fail; does nothing if it has failed already. */
export async function letRenewalFail(
  session: PersonaSession,
  billing: BillingAccess,
): Promise<void> {
  let { status, periodEnd } = await subscriptionOf(session)
  for (const marginMs of MARGINS_MS) {
    if (status === 'past_due') return
    await failPaymentAt(billing, { end: Date.parse(periodEnd), marginMs })
    await session.call('billing.refresh', {})
    ;({ status, periodEnd } = await subscriptionOf(session))
  }
  if (status === 'past_due') return
  throw new Error(`The renewal came and the plan is ${status}; it should be past_due.`)
}

async function subscriptionOf(session: PersonaSession) {
  return plan.parse(await session.read('billing.plan')).billing.subscription
}

async function failPaymentAt(
  billing: BillingAccess,
  { end, marginMs }: { end: number; marginMs: number },
): Promise<void> {
  await askBilling(billing, '/dev/faults', { failingPayments: 0 })
  await advanceTo(billing, end - marginMs)
  await askBilling(billing, '/dev/faults', { failingPayments: 1 })
  await advanceTo(billing, end + PAST_END_MS)
}

async function advanceTo(billing: BillingAccess, instant: number): Promise<void> {
  const { now } = state.parse(await askBilling(billing, '/dev/state'))
  if (instant > now) {
    await askBilling(billing, '/dev/clock/advance', { milliseconds: Math.ceil(instant - now) })
  }
}
