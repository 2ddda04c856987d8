import type { Receipt } from '@tollgate/contract'
import { useCopy } from '../../copy/copy-context.tsx'
import { CheckIcon } from '../../components/icons.tsx'

/** What the call that just succeeded cost: "1 image used · 9 left". */
export function ReceiptLine(props: { receipt: Receipt; meter: string }) {
  const { receipt, meter } = props
  const { t, f } = useCopy()
  const amount = receipt.charges.find((charge) => charge.meter === meter)?.amount ?? 0
  const balance = receipt.balances.find((update) => update.meter === meter)
  const remaining = balance && balance.state !== 'unlimited' ? balance.remaining : null
  return (
    <output className="flex min-w-0 items-center gap-2 text-sm text-muted tabular-nums">
      <CheckIcon className="size-4 shrink-0 text-accent" />
      <span className="min-w-0">
        {t.receipt.line(f, t.cost.fixed(f, meter, amount), remaining)}
        {receipt.replayed ? ` · ${t.receipt.replayed}` : ''}
      </span>
    </output>
  )
}
