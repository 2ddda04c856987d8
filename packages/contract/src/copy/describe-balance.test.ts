import { expect, it } from 'vitest'
import type { Balance } from '../balance.ts'
import { describeBalance } from './describe-balance.ts'
import { describeReceipt } from './describe-receipt.ts'
import { enBalance } from './en-balance.ts'
import { enRefusals } from './en-refusals.ts'
import { createFormats } from './formats.ts'

const words = { t: { ...enBalance, ...enRefusals }, f: createFormats('en-GB') }
const balance: Balance = {
  meter: 'image_generations',
  unit: 'image generation',
  granted: 1000,
  used: 820,
  held: 0,
  remaining: 180,
  unlimited: false,
  overage: 0,
  percentUsed: 82,
  state: 'warning',
  periodStart: '2026-11-01T00:00:00.000Z',
  resetsAt: '2026-12-01T00:00:00.000Z',
  asOf: '2026-11-22T12:00:00.000Z',
  version: 1,
  breakdown: [],
}

it.each<[string, Partial<Balance>, string, string | null]>([
  ['a limit', {}, '820 of 1,000 images used · 82%', '180 left'],
  ['no limit', { state: 'unlimited', unlimited: true }, 'Unlimited · 820 images used', null],
  ['no answer from billing', { state: 'unknown', remaining: 0 }, 'Balance unavailable', null],
  ['nothing of the meter in its plan', { granted: 0, used: 0 }, 'Not in your plan', null],
  [
    'a meter newer than this program',
    { meter: 'new_meter' },
    '820 of 1,000 new_meter used · 82%',
    '180 left',
  ],
])('describes a balance with %s', (_name, standing, used, left) => {
  expect(describeBalance({ ...balance, ...standing }, words)).toEqual({ used, left })
})

it.each([
  [0, 1000, '0%'],
  [1, 500_000, '<0.1%'],
  [795, 1000, '79.5%'],
  [7999, 10_000, '79.9%'],
  [800, 1000, '80%'],
  [999_999, 1_000_000, '99.9%'],
  [1000, 1000, '100%'],
  [1300, 1000, '130%'],
])('shows %d of %d used honestly as %s', (used, granted, share) => {
  const overage = Math.max(0, used - granted)
  const remaining = Math.max(0, granted - used)
  const described = describeBalance({ ...balance, used, granted, remaining, overage }, words)
  expect(described.used.split(' · ')[1]).toBe(share)
  expect(described.left).toBe(
    overage > 0 ? '300 over the included amount' : `${words.f.number(remaining)} left`,
  )
})

it('describes what a call cost and left, and that a replayed answer was charged once', () => {
  const receipt = {
    operationId: 'operation-1',
    charges: [{ meter: 'image_generations', amount: 1 }],
    balances: [balance],
    replayed: false,
    at: '2026-11-22T12:00:00.000Z',
  }
  expect(describeReceipt(receipt, 'image_generations', words)).toBe('1 image used · 180 left')
  expect(describeReceipt({ ...receipt, replayed: true }, 'image_generations', words)).toBe(
    '1 image used · 180 left · This is the answer to your earlier click. You were charged once.',
  )
  const free = { ...receipt, charges: [], chargedBy: 'operation-0' }
  expect(describeReceipt(free, 'image_generations', words)).toBe('Same card as before · free')
})

it('names a procedure, and one newer than this program by its path', () => {
  expect(enBalance.procedure('images.generate')).toBe('Image')
  expect(enBalance.procedure('maps.drawRoute')).toBe('Draw route')
})
