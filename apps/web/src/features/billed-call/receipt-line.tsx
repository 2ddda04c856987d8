import type { Receipt } from '@tollgate/contract'
import { describeReceipt } from '@tollgate/contract/copy'
import { CheckIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** What the call that just succeeded cost: "1 image used · 9 left". */
export function ReceiptLine(props: { receipt: Receipt; meter: string }) {
  const words = useCopy()
  return (
    <output className="flex min-w-0 items-center gap-2 text-sm text-muted tabular-nums">
      <CheckIcon className="size-4 shrink-0 text-accent" />
      <span className="min-w-0">{describeReceipt(props.receipt, props.meter, words)}</span>
    </output>
  )
}
