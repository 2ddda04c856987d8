import { expect, it } from 'vitest'
import { findFaults } from './describe-run.ts'
import { runFuzz } from './run-fuzz.ts'

/** Two per route. */
const REQUESTS = 330
/** Code is still being loaded and compiled; only the long run can be stricter. */
const HEAP_GROWTH_MB_MAX = 64

it('answers the first requests of a fuzz run without an error of its own, and keeps nothing of them', async () => {
  const run = await runFuzz({ seed: 1, requests: REQUESTS, heapGrowthMax: HEAP_GROWTH_MB_MAX })
  expect(run.answers.length).toBeGreaterThan(REQUESTS)
  expect(findFaults(run), run.log).toEqual([])
}, 120_000)
