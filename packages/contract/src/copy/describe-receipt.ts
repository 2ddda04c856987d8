import type { Receipt } from '../receipt.ts'
import type { Words } from './words.ts'

/** The cost of a successful call on one meter: "1 image used · 9 left". */
export function describeReceipt(receipt: Receipt, meter: string, { t, f }: Words): string {
  if (receipt.chargedBy) return t.receipt.chargedBefore
  const amount = receipt.charges.find((charge) => charge.meter === meter)?.amount ?? 0
  const balance = receipt.balances.find((update) => update.meter === meter)
  const remaining = balance && balance.state !== 'unlimited' ? balance.remaining : null
  const line = t.receipt.line(f, t.cost.fixed(f, meter, amount), remaining)
  return receipt.replayed ? `${line} · ${t.receipt.replayed}` : line
}
