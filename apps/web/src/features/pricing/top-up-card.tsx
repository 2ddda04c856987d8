import type { Offer } from '@tollgate/contract'
import { Button } from '../../components/button.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** A one-time purchase of credits. */
export function TopUpCard(props: { offer: Offer; opening: boolean; onBuy: () => void }) {
  const { offer, opening, onBuy } = props
  const { t, f } = useCopy()
  const { name, description } = t.offer(offer)
  return (
    <li className="flex flex-wrap items-center justify-between gap-4 px-5 py-4 sm:px-6">
      <div className="min-w-0">
        <p className="font-medium">{name}</p>
        {description ? <p className="text-sm text-muted">{description}</p> : null}
        <p className="text-sm text-muted tabular-nums">
          {f.money(offer.unitPrice, offer.currency)} {t.plans.once}
        </p>
      </div>
      <Button pending={opening} onClick={onBuy} aria-label={t.plans.verbs.buy(name)}>
        {t.plans.buy}
      </Button>
    </li>
  )
}
