import { expect, it } from 'vitest'
import { axisTicks } from './axis-ticks.ts'

it.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [5, [0, 2, 4, 6]],
  [27, [0, 10, 20, 30]],
  [100, [0, 50, 100]],
  [8370, [0, 5000, 10_000]],
])('marks an axis up to %d at round numbers', (most, ticks) => {
  expect(axisTicks(most)).toEqual(ticks)
})
