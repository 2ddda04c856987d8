import { expect, it } from 'vitest'
import { createRateLimit } from './create-rate-limit.ts'

const READS_PER_MINUTE = 3000

it('admits 3000 reads a minute of one caller, then names the time to wait, and does not affect another', async () => {
  const rateLimit = createRateLimit({ billedCallsPerMinute: 10 })
  const read = (caller: string) => rateLimit({ caller, path: 'billing.balance', kind: 'read' })
  const waits = await Promise.all(Array.from({ length: READS_PER_MINUTE }, () => read('ada')))
  expect(waits.filter((wait) => wait !== null)).toEqual([])
  expect(await read('ada')).toBeGreaterThan(0)
  expect(await read('grace')).toBeNull()
})
