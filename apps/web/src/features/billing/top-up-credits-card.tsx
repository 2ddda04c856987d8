import type { Balance } from '@tollgate/contract'
import { Link } from 'wouter'
import { buttonStyle } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** What is left of one-time top-ups. */
export function TopUpCreditsCard(props: {
  balances: readonly Balance[] | undefined
  mayBuy: boolean
}) {
  const { t, f } = useCopy()
  const held = props.balances?.flatMap(({ meter, breakdown }) =>
    breakdown.filter(({ source }) => source === 'topup').map((topUp) => ({ meter, ...topUp })),
  )
  return (
    <Card title={t.billing.topUps}>
      {held === undefined ? <Skeleton className="h-12 w-full" /> : null}
      {held?.length === 0 ? <p className="min-h-12 text-muted">{t.billing.topUpsEmpty}</p> : null}
      <ul className="grid gap-2">
        {held?.map(({ meter, remaining, granted, expiresAt }, index) => (
          <li
            key={`${meter}-${index}`}
            className="flex flex-wrap justify-between gap-x-4 tabular-nums"
          >
            <span className="font-medium">
              {t.meter.used(f, meter, granted - remaining, granted)} · {t.meter.left(f, remaining)}
            </span>
            <span className="text-muted">
              {expiresAt ? t.meter.expires(f, expiresAt) : t.meter.neverExpires}
            </span>
          </li>
        ))}
      </ul>
      {props.mayBuy ? (
        <Link href="/plans" className={`mt-4 ${buttonStyle('secondary')}`}>
          {t.billing.buyTopUps}
        </Link>
      ) : null}
    </Card>
  )
}
