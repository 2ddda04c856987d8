import { faultRuns, faultSeed } from '@tollgate/testing/faults'
import { expect, it } from 'vitest'
import { say } from '../say.ts'
import { describeRun, findFaults } from './describe-run.ts'
import { runFuzz } from './run-fuzz.ts'

/** A leak of one kilobyte per request after the first quarter would exceed it. */
const HEAP_GROWTH_MB_MAX = 12

it('answers whatever is sent to it, within five seconds and without an error of its own, and keeps nothing of it', async () => {
  const run = await runFuzz({
    seed: faultSeed(),
    requests: faultRuns(20_000),
    heapGrowthMax: HEAP_GROWTH_MB_MAX,
  })
  for (const line of describeRun(run)) say(line)
  const faults = findFaults(run)
  if (faults.length > 0) say(run.log)
  expect(faults).toEqual([])
})
