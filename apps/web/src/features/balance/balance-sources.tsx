import type { Balance } from '@tollgate/contract'
import { useCopy } from '../../copy/copy-context.tsx'

/** The sources of a balance in the order they are used; only shown if there are several. */
export function BalanceSources(props: { balance: Balance }) {
  const { t, f } = useCopy()
  const { breakdown } = props.balance
  if (breakdown.length < 2) return null
  return (
    <div className="mb-2 border-t border-line pt-2 text-[0.8125rem]">
      <h3 className="sr-only">{t.meter.sources}</h3>
      <p className="sr-only">{t.meter.sourceOrder}</p>
      <ul title={t.meter.sourceOrder} className="grid gap-1">
        {breakdown.map((source) => (
          <li key={source.name} className="flex flex-wrap justify-between gap-x-3 tabular-nums">
            <span className="min-w-0 truncate font-medium">{source.name}</span>
            <span className="text-muted">
              {t.meter.sourceLeft(f, source.remaining, source.granted)},{' '}
              {source.expiresAt ? t.meter.expires(f, source.expiresAt) : t.meter.neverExpires}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
