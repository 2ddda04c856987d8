import type { Offer } from './billing-backend.ts'
import type { BillingAction } from './billing-error.ts'

/** What caused the refusal: the credits of a meter, a feature that the plan lacks, or the customer's own monthly cap. */
export type RefusalCause = {
  meter?: string
  feature?: string
  /** Whether the customer is on a free plan, or on none. */
  isFree: boolean
  /** When the balance or the cap resets. */
  resetsAt: string | null
  capped?: boolean
  /** Whether the plan's last payment failed: paying it grants the credits of the period. */
  pastDue?: boolean
}

/** What can be bought, and on which pages. */
export type RefusalOptions = {
  offers: readonly Offer[]
  plansUrl: string
  capUrl?: string
  /** Where an unpaid invoice is paid. */
  payUrl?: string
}

/**
 * What a customer can do about a refusal, the primary action first: on a free plan an upgrade comes first, on a paid one a top-up,
 * and on one whose payment failed the payment.
 * The one rule for refusals by the server and for those that a client predicts.
 */
export function refusalActions(
  cause: RefusalCause,
  { offers, plansUrl, capUrl, payUrl }: RefusalOptions,
): BillingAction[] {
  const isUnpaid = cause.pastDue === true && cause.feature === undefined
  // The next period of an unpaid plan grants nothing.
  const until = isUnpaid ? null : cause.resetsAt
  const wait: BillingAction[] = until ? [{ type: 'wait', until }] : []
  const pay: BillingAction[] = isUnpaid && payUrl ? [{ type: 'pay', url: payUrl }] : []
  // No purchase lifts the customer's own cap.
  if (cause.capped) return capUrl ? [{ type: 'raise_cap', url: capUrl }, ...wait] : wait
  const upgrades = offers.filter((offer) => cause.isFree && isUpgrade(offer, cause))
  const topUps = offers.filter((offer) => offer.kind === 'topup' && grants(offer, cause.meter))
  return [
    ...pay,
    ...[...upgrades, ...topUps].map(checkoutAction),
    { type: 'plans', url: plansUrl },
    ...wait,
  ]
}

/** The actions that remain for someone who may not buy: asking an owner to buy instead. */
export function askInstead(actions: readonly BillingAction[], askUrl: string): BillingAction[] {
  const kept = actions.filter(({ type }) => type === 'wait' || type === 'sign_in')
  if (kept.length === actions.length) return kept
  return [{ type: 'ask_owner', url: askUrl }, ...kept]
}

function isUpgrade(offer: Offer, { meter, feature }: RefusalCause): boolean {
  if (offer.kind !== 'plan' || offer.unitPrice === 0) return false
  if (feature === undefined && grants(offer, meter)) return true
  return offer.features.some(({ slug }) => slug === (feature ?? `unlimited_${meter}`))
}

function grants(offer: Offer, meter: string | undefined): boolean {
  return offer.grants.some((grant) => grant.meter === meter)
}

function checkoutAction({ kind, name, priceSlug, unitPrice, currency }: Offer): BillingAction {
  const label = kind === 'plan' ? `Upgrade to ${name}` : `Buy ${name}`
  return { type: 'checkout', priceSlug, label, amount: unitPrice, currency }
}
