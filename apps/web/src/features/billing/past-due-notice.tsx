import type { BillingSummary } from '@tollgate/contract'
import { Notice } from '../../components/notice.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { PayButton } from './pay-button.tsx'

/** The amount due, and a button to pay it. */
export function PastDueNotice(props: { due: NonNullable<BillingSummary['amountDue']> }) {
  const { amount, currency, invoiceNumber } = props.due
  const { t, f } = useCopy()
  return (
    <Notice
      tone="danger"
      title={t.billing.pastDueTitle(f.money(amount, currency))}
      actions={<PayButton />}
    >
      <p>{t.billing.pastDueText(invoiceNumber)}</p>
    </Notice>
  )
}
