import { expect, vi } from 'vitest'
import type { BilledProcedure } from './billed-procedures.ts'
import { pauseNextRun } from './pause-next-run.ts'
import { PlantedError } from './planted-error.ts'
import { newKey, type Harness } from './harness.ts'

type Check = (harness: Harness, procedure: BilledProcedure) => Promise<void>

/** The maximum time for which a hold may outlive its call on a busy machine. */
const SETTLED_WITHIN_MS = 10_000

/** What is charged when callers disconnect and streams break. */
export const LEAVING_CHECKS: Record<string, Check> = {
  async 'charges at most its price to a caller who leaves midway, and holds nothing after'(
    harness,
    procedure,
  ) {
    const [stayed, left] = [harness.newCustomer(), harness.newCustomer()]
    await harness.call(procedure, stayed)
    const key = newKey()
    const { begun, resume } = pauseNextRun(procedure.work)
    await harness.callAndLeave(procedure, left, { key, begun })
    resume()
    await nothingHeld(harness, left)
    const price = await harness.charged(stayed)
    const paid = await harness.charged(left)
    for (const { meter } of procedure.charges) {
      expect(paid[meter] ?? 0).toBeLessThanOrEqual(price[meter] ?? 0)
    }
    procedure.work.reset()
    expect((await harness.call(procedure, left, { key })).status).toBe(200)
    expect(await harness.charged(left)).toEqual(price)
  },

  async 'charges an answer that breaks off for no more than was delivered'(harness, procedure) {
    const [whole, broken] = [harness.newCustomer(), harness.newCustomer()]
    const { isStream } = await harness.call(procedure, whole)
    procedure.work.between = () => Promise.reject(new PlantedError('planted'))
    await harness.call(procedure, broken)
    await nothingHeld(harness, broken)
    const price = await harness.charged(whole)
    const paid = await harness.charged(broken)
    if (!isStream) return expect(paid).toEqual(price)
    for (const { meter } of procedure.charges) {
      expect(paid[meter] ?? 0).toBeLessThanOrEqual(price[meter] ?? 0)
    }
  },
}

async function nothingHeld(
  harness: Harness,
  customer: Parameters<Harness['balances']>[0],
): Promise<void> {
  await vi.waitFor(
    async () => {
      const balances = await harness.balances(customer)
      expect(balances.filter(({ held }) => held > 0)).toEqual([])
    },
    { timeout: SETTLED_WITHIN_MS },
  )
}
