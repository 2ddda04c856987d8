import { fileURLToPath } from 'node:url'
import { maxSatisfying, minVersion, satisfies } from 'semver'
import { expect, it } from 'vitest'
import { peerRanges } from '../release/peer-ranges.ts'
import { PROVEN_RANGES } from './proven-ranges.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

it('proves every range that a published package asks of an app, and no other', async () => {
  const proven = PROVEN_RANGES.map(({ name, range }) => ({ name, range }))
  expect(await peerRanges(ROOT)).toEqual(proven)
})

it.each(PROVEN_RANGES)(
  'runs $name at the lowest version of its range, and at one beside its end',
  ({ range, lowest, newest }) => {
    expect(minVersion(range)?.version).toBe(lowest)
    expect(satisfies(newest, range)).toBe(true)
    expect(maxSatisfying([lowest, newest], range)).toBe(newest)
  },
)

it('leaves major versions that were never run out of every range', () => {
  const open = PROVEN_RANGES.filter(({ range }) => satisfies('1000.0.0', range))
  expect(open).toEqual([])
})
