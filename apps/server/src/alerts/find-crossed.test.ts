import { expect, it } from 'vitest'
import { findCrossed } from './find-crossed.ts'

it.each([
  ['nothing below the first threshold', 49.9, [50, 80, 95, 100], [], undefined],
  ['a threshold when exactly that much is used', 50, [50, 80, 95, 100], [50], 50],
  ['the highest of those reached at once', 97, [50, 80, 95, 100], [50, 80, 95], 95],
  ['the highest that is wanted', 97, [50, 80], [50, 80, 95], 80],
  ['usage beyond what was granted', 130, [100], [50, 80, 95, 100], 100],
  ['nothing that is not wanted', 97, [], [50, 80, 95], undefined],
  ['nothing without a share: an unlimited meter', null, [50, 80, 95, 100], [], undefined],
] as const)('announces %s', (_what, percent, wanted, reached, announced) => {
  const crossed = findCrossed(percent, wanted)
  expect(crossed.map(({ threshold }) => threshold)).toEqual(reached)
  expect(crossed.find(({ isAnnounced }) => isAnnounced)?.threshold).toBe(announced)
})
