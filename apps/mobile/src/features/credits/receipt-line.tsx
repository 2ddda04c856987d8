import type { Receipt } from '@tollgate/client'
import { describeReceipt } from '@tollgate/contract/copy'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'

/** What a call cost, from its receipt. */
export function ReceiptLine(props: { receipt: Receipt | null; meter: string }) {
  const { receipt, meter } = props
  return receipt ? <Words as="quiet">{describeReceipt(receipt, meter, copy)}</Words> : null
}
