import type { BalanceState } from '@tollgate/contract'
import { InfinityIcon, WarningIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** A balance's state in an icon and a word; nothing while all is well. */
export function StateBadge(props: { state: BalanceState }) {
  const { t } = useCopy()
  const { state } = props
  if (state === 'ok') return null
  const Icon = state === 'unlimited' ? InfinityIcon : WarningIcon
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 text-xs leading-none font-medium whitespace-nowrap ${LOOKS[state]}`}
    >
      <Icon className="size-3.5" />
      {t.meter.state[state]}
    </span>
  )
}

const LOOKS: Record<Exclude<BalanceState, 'ok'>, string> = {
  warning: 'bg-warn-soft text-warn',
  critical: 'bg-danger-soft text-danger',
  exhausted: 'bg-danger-soft text-danger',
  overage: 'bg-danger-soft text-danger',
  unlimited: 'bg-accent-soft text-accent',
  unknown: 'bg-sunken text-muted',
}
