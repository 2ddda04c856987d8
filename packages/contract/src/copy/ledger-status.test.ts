import { expect, it } from 'vitest'
import type { ActivityItem } from '../activity.ts'
import { ledgerStatus } from './ledger-status.ts'

const at = '2026-11-29T12:00:00.000Z'
const call: ActivityItem = {
  operationId: 'op',
  procedure: 'images.generate',
  meter: 'image_generations',
  status: 'charged',
  amount: 1,
  balanceAfter: 9,
  startedAt: at,
  endedAt: at,
  subjects: [],
}

it.each([
  [{ kind: 'operation', ...call }, 'charged'],
  [{ kind: 'operation', ...call, amount: 0 }, 'free'],
  [{ kind: 'operation', ...call, amount: 0, status: 'released' }, 'released'],
  [
    {
      kind: 'change',
      changeId: 'c',
      reason: 'plan',
      name: 'Pro',
      meter: 'api_calls',
      amount: 9,
      balanceAfter: 9,
      at,
    },
    'plan',
  ],
] as const)('a line is shown by what it did to the balance: %o as %s', (line, status) => {
  expect(ledgerStatus(line)).toBe(status)
})
