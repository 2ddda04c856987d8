import type { LedgerStatus } from '@tollgate/contract/copy'
import { CheckIcon, ClockIcon, CloseIcon, InfoIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** How an operation ended, or why a balance changed without one, as an icon with a word. */
export function StatusLabel(props: { status: LedgerStatus }) {
  const { t } = useCopy()
  const { Icon, color } = LOOKS[props.status]
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${color}`}>
      <Icon className="size-4" />
      {t.usage.statuses[props.status]}
    </span>
  )
}

const LOOKS = {
  held: { Icon: ClockIcon, color: 'text-warn' },
  charged: { Icon: CheckIcon, color: 'text-accent' },
  free: { Icon: CheckIcon, color: 'text-muted' },
  released: { Icon: CloseIcon, color: 'text-muted' },
  plan: { Icon: CheckIcon, color: 'text-accent' },
  purchase: { Icon: CheckIcon, color: 'text-accent' },
  grant: { Icon: CheckIcon, color: 'text-accent' },
  refund: { Icon: CloseIcon, color: 'text-muted' },
  expiry: { Icon: CloseIcon, color: 'text-muted' },
  adjustment: { Icon: InfoIcon, color: 'text-muted' },
} as const
