import type { BillingCustomer, CallOptions, PlanChangePreview } from '@tollgate/contract'
import { z } from 'zod'
import type { FlowgladContext } from './flowglad-context.ts'
import { FlowgladFailure } from './flowglad-failure.ts'
import { type BetweenPaid, planChange, type SimpleChange } from './plan-change.ts'
import { readBilling } from './read-customer.ts'

/** Previews the cost of a change of plan and when it would take effect; changes nothing. */
export async function previewPlanChange(
  flowglad: FlowgladContext,
  { customer, priceSlug }: { customer: BillingCustomer; priceSlug: string },
  call?: CallOptions,
): Promise<PlanChangePreview> {
  const change = planChange(await readBilling(flowglad, customer, call), priceSlug)
  const now = flowglad.clock.now()
  if (change.kind !== 'between_paid') return simplePreview(change, now)
  return { ...prorated(change, now), ...(await askPreview(flowglad, change, call)) }
}

function simplePreview(change: SimpleChange, now: Date): PlanChangePreview {
  const { currency, unitPrice } = change.target
  const effectiveAt = now.toISOString()
  switch (change.kind) {
    case 'subscribe':
      return { verb: 'subscribe', timing: 'checkout', dueNow: unitPrice, currency, effectiveAt }
    case 'from_free':
      return { verb: 'upgrade', timing: 'checkout', dueNow: unitPrice, currency, effectiveAt }
    case 'current':
      return { verb: 'current', timing: 'now', dueNow: 0, currency, effectiveAt }
    case 'to_free': {
      const periodEnd = new Date(change.subscription.currentBillingPeriodEnd ?? now)
      return downgrade(currency, periodEnd)
    }
  }
}

/** Flowglad's own rule: upgrades now with the rest of the period prorated, downgrades at the end of the period. */
function prorated({ from, target, subscription }: BetweenPaid, now: Date): PlanChangePreview {
  const { currency } = target
  const start = subscription.currentBillingPeriodStart ?? now.getTime()
  const end = subscription.currentBillingPeriodEnd ?? now.getTime()
  if (target.unitPrice < from.unitPrice) return downgrade(currency, new Date(end))
  const rest = end > start ? Math.min(1, Math.max(0, (end - now.getTime()) / (end - start))) : 0
  const dueNow = Math.round((target.unitPrice - from.unitPrice) * rest)
  return { verb: 'upgrade', timing: 'now', dueNow, currency, effectiveAt: now.toISOString() }
}

function downgrade(currency: string, periodEnd: Date): PlanChangePreview {
  const effectiveAt = periodEnd.toISOString()
  return { verb: 'downgrade', timing: 'period_end', dueNow: 0, currency, effectiveAt }
}

const previewFields = z.object({
  isUpgrade: z.boolean().optional(),
  resolvedTiming: z.string().optional(),
  prorationAmount: z.number().optional(),
  effectiveDate: z.number().optional(),
})
const previewAnswerSchema = z.union([
  z.object({ preview: previewFields }).transform(({ preview }) => preview),
  previewFields,
])

/** Flowglad's exact preview; null when it has none or cannot be reached, and our own calculation is used. */
async function askPreview(
  flowglad: FlowgladContext,
  { target, subscription }: BetweenPaid,
  call?: CallOptions,
): Promise<Partial<PlanChangePreview> | null> {
  const { api } = flowglad
  if (!api) return null
  const path = `/api/v1/subscriptions/${encodeURIComponent(subscription.id)}/preview-adjust`
  const body = {
    adjustment: { timing: 'auto', newSubscriptionItems: [{ priceSlug: target.slug, quantity: 1 }] },
  }
  try {
    const answer = await flowglad.connection.write(
      'the preview of a plan change',
      (limits) => api.post(path, { ...limits, body }),
      call,
    )
    const parsed = previewAnswerSchema.safeParse(answer)
    return parsed.success ? readPreview(parsed.data) : null
  } catch (error) {
    if (!(error instanceof FlowgladFailure) || error.code === 'unauthorized') throw error
    flowglad.logger.debug({ error }, 'flowglad: preview unavailable, prorating locally')
    return null
  }
}

function readPreview(preview: z.infer<typeof previewFields>): Partial<PlanChangePreview> {
  const { isUpgrade, resolvedTiming, prorationAmount, effectiveDate } = preview
  return {
    ...(isUpgrade === undefined ? {} : { verb: isUpgrade ? 'upgrade' : 'downgrade' }),
    ...(resolvedTiming === undefined
      ? {}
      : { timing: resolvedTiming === 'immediately' ? 'now' : 'period_end' }),
    ...(prorationAmount === undefined ? {} : { dueNow: Math.max(0, prorationAmount) }),
    ...(effectiveDate === undefined ? {} : { effectiveAt: new Date(effectiveDate).toISOString() }),
  }
}
