import type { Receipt } from '@tollgate/client'
import { count } from '../balance/describe-balance.ts'
import { Words } from '../../ui/words.tsx'

/** What an answer cost, as the server says it. */
export function ReceiptLine({ receipt }: { receipt: Receipt | null }) {
  if (!receipt) return null
  const cost = receipt.charges.map(({ meter, amount }) => count(amount, meter)).join(', ')
  return (
    <Words as="quiet">
      {receipt.replayed
        ? `Charged once before: ${cost}. Nothing more was charged.`
        : `Charged ${cost}.`}
    </Words>
  )
}
