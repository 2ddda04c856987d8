import type { ActivityStatus } from '@tollgate/contract'
import { CheckIcon, ClockIcon, CloseIcon } from '../../components/ui/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** How an operation ended, in an icon and a word. */
export function StatusLabel(props: { status: ActivityStatus }) {
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
  released: { Icon: CloseIcon, color: 'text-muted' },
} as const
