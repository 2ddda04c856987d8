import type { LedgerItem, DailyUse } from '@tollgate/contract'
import { NOW } from './personas.ts'

const HOUR_MS = 3_600_000

type Call = { procedure: string; meter: string; amount: number }

const FALLBACK: Call = { procedure: 'images.generate', meter: 'image_generations', amount: 1 }
const CALLS: readonly Call[] = [
  FALLBACK,
  { procedure: 'text.summarize', meter: 'ai_tokens', amount: 84 },
  { procedure: 'images.generate', meter: 'image_generations', amount: 1 },
  { procedure: 'tools.qrCode', meter: 'api_calls', amount: 1 },
]

/** Some weeks of one person's ledger, newest first. */
export const ACTIVITY: LedgerItem[] = Array.from({ length: 24 }, (_, index): LedgerItem => {
  const { procedure, meter, amount } = CALLS[index % CALLS.length] ?? FALLBACK
  const startedAt = new Date(
    NOW.getTime() - index * 27.3 * HOUR_MS - (index % 5) * HOUR_MS,
  ).toISOString()
  if (index === 3) {
    return {
      kind: 'change',
      changeId: `change-${index}`,
      reason: 'purchase',
      name: '50 images',
      meter: 'image_generations',
      amount: 50,
      balanceAfter: 400 - index,
      at: startedAt,
    }
  }
  const status = index === 0 ? 'held' : index % 9 === 4 ? 'released' : 'charged'
  return {
    kind: 'operation',
    operationId: `operation-${index}`,
    procedure,
    meter,
    status,
    amount: status === 'released' ? 0 : amount + (meter === 'ai_tokens' ? (index * 37) % 90 : 0),
    balanceAfter: status === 'held' ? null : 400 - index,
    startedAt,
    endedAt: status === 'held' ? null : startedAt,
    subjects: [],
  }
})

/** What the same person used per day. */
export const HISTORY: DailyUse[] = Array.from({ length: 28 }, (_, index) => {
  const day = new Date(NOW.getTime() - index * 24 * HOUR_MS).toISOString().slice(0, 10)
  const busy = [14, 9, 22, 17, 25, 3, 1][index % 7] ?? 0
  return [
    { day, meter: 'image_generations' as const, amount: busy + (index % 4) },
    { day, meter: 'ai_tokens' as const, amount: busy * 310 },
    { day, meter: 'api_calls' as const, amount: busy * 4 },
  ]
}).flat()
