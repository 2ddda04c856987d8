import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { Notice } from '../../components/notice.tsx'
import { useCatalog } from '../../connection/use-catalog.ts'
import { trpc } from '../../connection/trpc.ts'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { useCopy } from '../../copy/copy-context.tsx'
import { useAlertPreferences } from '../alerts/use-alert-preferences.ts'
import { SpendCapForm } from './spend-cap-form.tsx'
import { useSpendCaps } from './use-spend-caps.ts'

/** A meter's settings in a collapsible line: the monthly cap, and the warning threshold. */
export function MeterControls(props: {
  meter: string
  /** Expanded, with the focus in its field. */
  sought: boolean
  settingsHref: string
}) {
  const { meter, sought, settingsHref } = props
  const { t, f } = useCopy()
  const { caps, change } = useSpendCaps()
  const { balances } = useTollgate().useBalances()
  const offers = useCatalog()?.offers ?? []
  const { preferences } = useAlertPreferences()
  const isOwner = trpc.billing.plan.useQuery().data?.isOwner ?? true
  const details = useRef<HTMLDetailsElement>(null)
  const cap = caps?.find((one) => one.meter === meter) ?? null
  const balance = balances?.find((one) => one.meter === meter)
  useEffect(() => {
    if (!sought || !details.current) return
    details.current.open = true
    details.current.scrollIntoView({ block: 'center' })
    details.current.querySelector('input')?.focus({ preventScroll: true })
  }, [sought])
  return (
    <details ref={details} className="group text-sm">
      <summary className="flex min-h-11 items-center justify-between gap-3 px-5 py-2 text-[0.8125rem] text-muted hover:text-ink">
        <span className="min-w-0 tabular-nums">
          {cap ? t.spending.summary(f, cap) : t.spending.summaryNone}
          {preferences ? ` · ${t.alerts.summary(f, preferences.thresholds[0] ?? null)}` : ''}
        </span>
        <span className="font-medium text-ink group-open:hidden">{t.spending.edit}</span>
        <span className="hidden font-medium text-ink group-open:inline">{t.spending.close}</span>
      </summary>
      <div className="grid gap-3 px-5 pb-4">
        {isOwner ? (
          <SpendCapForm
            // Resets the field when the cap has loaded or changed.
            key={cap?.cap}
            meter={meter}
            cap={cap}
            granted={balance && !balance.unlimited ? balance.granted : null}
            offers={offers}
            loading={caps === undefined}
            pending={change.isPending}
            onChange={(limit) => change.mutate({ meter, cap: limit })}
          />
        ) : null}
        {change.isError ? <Notice tone="danger" title={t.spending.failed} urgent /> : null}
        <Link
          href={settingsHref}
          className="justify-self-start text-[0.8125rem] underline underline-offset-4"
        >
          {t.alerts.change}
        </Link>
      </div>
    </details>
  )
}
