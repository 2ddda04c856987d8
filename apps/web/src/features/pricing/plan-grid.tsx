import type { CustomerBilling, Offer } from '@tollgate/contract'
import type { Outputs } from '../../connection/trpc.ts'
import { Link } from 'wouter'
import { Button, buttonStyle } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { PlanCard } from './plan-card.tsx'
import { TopUpCard } from './top-up-card.tsx'

type PlanVerb = Outputs['billing']['plan']['verbs'][number]['verb']

type GridProps = {
  offers: readonly Offer[]
  /** The actions for each plan, as decided by the server; none when signed out. */
  verbs: readonly { priceSlug: Offer['priceSlug']; verb: PlanVerb }[]
  subscription: CustomerBilling['subscription']
  signedIn: boolean
  /** Whether the user pays for the customer. */
  isOwner: boolean
  opening: string | null
  keeping: boolean
  onChoose: (offer: Offer) => void
  onBuy: (offer: Offer) => void
  onCancel: () => void
  onKeep: () => void
}

/** Everything that is for sale. */
export function PlanGrid(props: GridProps) {
  const { offers, signedIn, isOwner, opening, onBuy } = props
  const { t } = useCopy()
  const plans = offers.filter(({ kind }) => kind === 'plan').toSorted(byPrice)
  const topUps = offers.filter(({ kind }) => kind === 'topup').toSorted(byPrice)
  return (
    <div className="grid gap-6">
      <div className="grid gap-5 md:grid-cols-2">
        {plans.map((offer) => (
          <Plan key={offer.priceSlug} {...props} offer={offer} />
        ))}
      </div>
      {signedIn && isOwner && topUps.length > 0 ? (
        <Card title={t.plans.topups} lead={t.plans.topupsLead} flush>
          <ul className="divide-y divide-line border-t border-line">
            {topUps.map((offer) => (
              <TopUpCard
                key={offer.priceSlug}
                offer={offer}
                opening={opening === offer.priceSlug}
                onBuy={() => onBuy(offer)}
              />
            ))}
          </ul>
        </Card>
      ) : null}
    </div>
  )
}

function Plan(props: GridProps & { offer: Offer }) {
  const { offer, verbs, subscription, signedIn, isOwner } = props
  const { t, f } = useCopy()
  const { verb } = verbs.find(({ priceSlug }) => priceSlug === offer.priceSlug) ?? { verb: null }
  const current = verb === 'current'
  const note = current && subscription ? periodNote(subscription) : null
  return (
    <PlanCard
      offer={offer}
      current={current}
      note={note}
      action={
        signedIn ? (
          isOwner && verb && <PlanAction {...props} verb={verb} />
        ) : (
          <Link href="/sign-in?next=/plans" className={buttonStyle('secondary')}>
            {t.plans.signInFirst}
          </Link>
        )
      }
    />
  )

  function periodNote(known: NonNullable<CustomerBilling['subscription']>): string | null {
    if (known.cancelsAt) return t.plans.endsOn(f, known.cancelsAt)
    return known.periodEnd ? t.plans.renewsOn(f, known.periodEnd) : null
  }
}

function PlanAction(props: GridProps & { offer: Offer; verb: PlanVerb }) {
  const { offer, verb, subscription, keeping, onChoose, onCancel, onKeep } = props
  const { t, f } = useCopy()
  const startsAt = subscription?.scheduledChangeAt ?? subscription?.cancelsAt
  if (verb === 'current' && subscription?.cancelsAt) {
    return (
      <Button look="primary" wide pending={keeping} onClick={onKeep}>
        {t.plans.keep}
      </Button>
    )
  }
  if (verb === 'current' && subscription && !subscription.isFree) {
    return (
      <Button look="quiet" wide onClick={onCancel}>
        {t.plans.cancel}
      </Button>
    )
  }
  const free = verb === 'downgrade' && offer.unitPrice === 0
  return (
    <Button
      look={verb === 'upgrade' || verb === 'subscribe' ? 'primary' : 'secondary'}
      wide
      blocked={verb === 'current' || verb === 'scheduled'}
      // Going back to the free plan is a cancellation, and is labelled as one.
      onClick={() => (free ? onCancel() : onChoose(offer))}
    >
      {verb === 'scheduled' && startsAt
        ? t.plans.startsOn(f, startsAt)
        : t.plans.verbs[verb](t.offer(offer).name)}
    </Button>
  )
}

function byPrice(one: Offer, other: Offer): number {
  return one.unitPrice - other.unitPrice
}
