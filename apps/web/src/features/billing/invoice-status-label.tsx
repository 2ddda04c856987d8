import type { InvoiceStatus } from '@tollgate/contract'
import { CheckIcon, CloseIcon, WarningIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** The status of an invoice, as an icon with a word. */
export function InvoiceStatusLabel(props: { status: InvoiceStatus }) {
  const { t } = useCopy()
  const { Icon, color } = LOOKS[props.status]
  return (
    <span className={`inline-flex items-center justify-end gap-1.5 ${color}`}>
      <Icon className="size-4 shrink-0" />
      {t.billing.invoiceStatuses[props.status]}
    </span>
  )
}

const LOOKS = {
  paid: { Icon: CheckIcon, color: 'text-accent' },
  open: { Icon: WarningIcon, color: 'text-danger' },
  unpaid: { Icon: CloseIcon, color: 'text-muted' },
  refunded: { Icon: CloseIcon, color: 'text-muted' },
  partially_refunded: { Icon: CloseIcon, color: 'text-muted' },
  void: { Icon: CloseIcon, color: 'text-muted' },
} as const
