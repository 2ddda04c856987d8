import {
  askInstead,
  type Balance,
  type BillingError,
  type Offer,
  refusalActions,
} from '@tollgate/contract'

/** The refusal that a click would get now, shown before the click; null if the balance covers it. */
export function foreseenRefusal(options: {
  balance: Balance | null | undefined
  required: number | null
  offers: readonly Offer[]
  isFree: boolean
  pastDue: boolean
  /** Whether this user pays for the customer. */
  isOwner: boolean
}): BillingError<'insufficient_credits'> | null {
  const { balance, required, offers, isFree, pastDue, isOwner } = options
  if (!balance || required === null || balance.unlimited || balance.state === 'unknown') return null
  // Current holds may be released, so they do not count as spent.
  if (balance.remaining + balance.held >= required) return null
  const { meter, resetsAt } = balance
  const actions = refusalActions(
    { meter, isFree, resetsAt, pastDue },
    { offers, plansUrl: '/plans', payUrl: '/billing' },
  )
  return {
    kind: 'insufficient_credits',
    error: 'insufficient_credits',
    message: '',
    meter,
    required,
    availableBalance: balance.remaining,
    upgradeUrl: '/plans',
    resetsAt,
    actions: isOwner ? actions : askInstead(actions, '/team'),
    charged: false,
  }
}
