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

it.each<[string, Partial<Balance>, string]>([
  ['a limit', {}, '180 of 1,000 images left'],
  ['no limit', { state: 'unlimited', unlimited: true }, 'Unlimited · 820 used'],
  ['no answer from billing', { state: 'unknown', remaining: 0 }, 'Balance unavailable'],
  ['a meter newer than this program', { meter: 'new_meter' }, '180 of 1,000 new_meter left'],
])('describes a balance with %s', (_name, standing, text) => {
  expect(describeBalance({ ...balance, ...standing }, words)).toBe(text)
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
})

it('names a procedure, and one newer than this program by its path', () => {
  expect(enBalance.procedure('images.generate')).toBe('Image')
  expect(enBalance.procedure('maps.draw')).toBe('maps.draw')
})
