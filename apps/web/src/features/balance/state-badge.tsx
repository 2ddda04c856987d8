import type { BalanceState } from '@tollgate/contract'
import { ClockIcon, InfinityIcon, WarningIcon } from '../../components/icons.tsx'
import { useStaleSince } from '../../connection/stale-since.ts'
import { useCopy } from '../../copy/copy-context.tsx'

/** A balance's state as an icon with a word; nothing while it is healthy. While the server is unreachable, the time of the balance. */
export function StateBadge(props: { state: BalanceState }) {
  const { t, f } = useCopy()
  const { state } = props
  const staleSince = useStaleSince()
  if (staleSince !== null) {
    return (
      <span className={`${SHAPE} ${LOOKS.unknown}`}>
        <ClockIcon className="size-3.5" />
        {t.banner.stale(f, staleSince)}
      </span>
    )
  }
  if (state === 'ok') return null
  const Icon = state === 'unlimited' ? InfinityIcon : WarningIcon
  return (
    <span className={`${SHAPE} ${LOOKS[state]}`}>
      <Icon className="size-3.5" />
      {t.meter.state[state]}
    </span>
  )
}

const SHAPE =
  'inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 text-xs leading-none font-medium whitespace-nowrap'

const LOOKS: Record<Exclude<BalanceState, 'ok'>, string> = {
  warning: 'bg-warn-soft text-warn',
  critical: 'bg-danger-soft text-danger',
  exhausted: 'bg-danger-soft text-danger',
  overage: 'bg-danger-soft text-danger',
  unlimited: 'bg-accent-soft text-accent',
  unknown: 'bg-sunken text-muted',
}
