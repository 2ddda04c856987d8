import type { Alert } from '@tollgate/contract'
import { Link } from 'wouter'
import { CloseIcon } from '../../components/icons.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** Alerts, newest first, with a link to the alert preferences. */
export function AlertList(props: {
  alerts: readonly Alert[] | undefined
  isError: boolean
  onDismiss: (id: string) => void
  onSettings: () => void
}) {
  const { alerts, isError, onDismiss, onSettings } = props
  const { t } = useCopy()
  return (
    <div className="grid gap-4">
      {alerts ? null : isError ? (
        <p className="text-sm">{t.bell.unavailable}</p>
      ) : (
        <Skeleton className="h-16" />
      )}
      {alerts?.length === 0 ? <p className="text-sm text-muted">{t.bell.empty}</p> : null}
      {alerts && alerts.length > 0 ? (
        <ul className="-mx-2 grid max-h-[60dvh] overflow-y-auto">
          {alerts.map((alert) => (
            <AlertLine key={alert.id} alert={alert} onDismiss={() => onDismiss(alert.id)} />
          ))}
        </ul>
      ) : null}
      <Link
        href="/usage?view=settings"
        onClick={onSettings}
        className="flex min-h-11 items-center justify-self-start text-sm underline underline-offset-4"
      >
        {t.alerts.change}
      </Link>
    </div>
  )
}

function AlertLine(props: { alert: Alert; onDismiss: () => void }) {
  const { meter, threshold, used, granted, resetsAt, raisedAt } = props.alert
  const { t, f } = useCopy()
  const title = t.banner.warning(f, threshold, t.meter.units(f, meter, granted))
  return (
    <li className="flex items-start gap-2 border-b border-line px-2 py-2 last:border-b-0">
      <div className="grid min-w-0 flex-1 gap-0.5 py-1.5 text-sm">
        <p className="font-medium">{title}</p>
        <p className="text-[0.8125rem] text-muted tabular-nums">
          {t.bell.used(f, used, granted)}
          {resetsAt ? ` · ${t.bell.resets(f, resetsAt)}` : ''}
        </p>
        <time dateTime={raisedAt} className="text-[0.8125rem] text-muted tabular-nums">
          {f.moment(raisedAt)}
        </time>
      </div>
      <button
        type="button"
        onClick={props.onDismiss}
        className="grid size-11 shrink-0 place-items-center rounded-control text-muted hover:bg-sunken hover:text-ink"
      >
        <CloseIcon className="size-4" />
        <span className="sr-only">{t.bell.dismiss(title)}</span>
      </button>
    </li>
  )
}
