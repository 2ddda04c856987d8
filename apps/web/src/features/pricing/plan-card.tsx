import type { Offer } from '@tollgate/contract'
import type { ReactNode } from 'react'
import { TickIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** One plan: price, contents and actions. */
export function PlanCard(props: {
  offer: Offer
  current: boolean
  note?: string | null
  action: ReactNode
}) {
  const { offer, current, note, action } = props
  const { t, f } = useCopy()
  const { name, description } = t.offer(offer)
  const per = offer.interval === 'year' ? t.plans.perYear : t.plans.perMonth
  return (
    <section
      aria-label={name}
      className={`flex flex-col rounded-card border bg-surface p-6 shadow-card sm:p-7 ${current ? 'border-accent' : 'border-line'}`}
    >
      <div className="flex min-h-7 items-center justify-between gap-3">
        <h2 className="text-lg">{name}</h2>
        {current ? (
          <span className="rounded-full bg-accent-soft px-2.5 py-1 text-xs leading-none font-medium text-accent">
            {t.plans.current}
          </span>
        ) : null}
      </div>
      {description ? <p className="mt-1 text-sm text-muted">{description}</p> : null}
      <p className="mt-5 flex items-baseline gap-2">
        <span className="text-4xl font-semibold tracking-tight tabular-nums">
          {offer.unitPrice === 0 ? t.plans.free : f.money(offer.unitPrice, offer.currency)}
        </span>
        {offer.unitPrice > 0 ? <span className="text-sm text-muted">{per}</span> : null}
      </p>
      <ul className="mt-6 mb-7 grid flex-1 content-start gap-2.5 text-[0.9375rem]">
        {offer.grants.map((grant) => (
          <Point key={grant.meter}>
            {t.plans.grant(
              f,
              grant.amount,
              t.meter.units(f, grant.meter, grant.amount),
              grant.renews,
            )}
          </Point>
        ))}
        {offer.features.map((feature) => (
          <Point key={feature.slug}>{t.feature(feature.slug)}</Point>
        ))}
      </ul>
      <p className="mb-2 min-h-5 text-center text-[0.8125rem] text-muted empty:hidden">{note}</p>
      {action}
    </section>
  )
}

function Point(props: { children: ReactNode }) {
  return (
    <li className="flex gap-2.5">
      <TickIcon className="mt-0.5 size-5 shrink-0 text-accent" />
      <span>{props.children}</span>
    </li>
  )
}
