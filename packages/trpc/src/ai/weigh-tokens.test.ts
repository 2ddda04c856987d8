import { expect, it } from 'vitest'
import { costMicrosOf } from './model-cost.ts'
import { creditsOf } from './model-price.ts'

const COUNTS = [0, 1, 999, 1000, 1_000_001]
const USES = COUNTS.flatMap((input) =>
  COUNTS.flatMap((cachedInput) => COUNTS.map((output) => ({ input, cachedInput, output }))),
)
const WEIGHTS = { input: 250, output: 1000, cachedInput: 25 }

it('charges and costs whole numbers from 0, also where a provider reports more cached input than input', () => {
  for (const used of USES) {
    for (const sum of [creditsOf(WEIGHTS, used), costMicrosOf(WEIGHTS, used)]) {
      expect(Number.isSafeInteger(sum) && sum >= 0, JSON.stringify(used)).toBe(true)
    }
  }
  expect(creditsOf(WEIGHTS, { input: 1000, cachedInput: 3000, output: 0 })).toBe(25)
})

it('weighs cached input like other input where no weight of its own is given', () => {
  const weights = { input: 250, output: 1000 }
  for (const { input, cachedInput, output } of USES) {
    const expected = creditsOf(weights, { input, output })
    expect(creditsOf(weights, { input, cachedInput, output })).toBe(expected)
  }
})
