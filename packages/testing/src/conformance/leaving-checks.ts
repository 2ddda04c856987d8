import { expect, vi } from 'vitest'
import type { BilledProcedure } from './billed-procedures.ts'
import { gate } from './gate.ts'
import { PlantedError } from './planted-error.ts'
import { newKey, type Stage } from './stage.ts'

type Check = (stage: Stage, procedure: BilledProcedure) => Promise<void>

/** A hold must not outlive its call by more than this on a busy machine. */
const SETTLED_WITHIN_MS = 10_000

/** Callers leave, streams break; the books stay right. */
export const LEAVING_CHECKS: Record<string, Check> = {
  async 'charges at most its price to a caller who leaves midway, and holds nothing after'(
    stage,
    procedure,
  ) {
    const [stayed, left] = [stage.newCustomer(), stage.newCustomer()]
    await stage.call(procedure, stayed)
    const key = newKey()
    const { begun, open } = gate(procedure.work)
    await stage.callAndLeave(procedure, left, { key, begun })
    open()
    await nothingHeld(stage, left)
    const price = await stage.charged(stayed)
    const paid = await stage.charged(left)
    for (const { meter } of procedure.charges) {
      expect(paid[meter] ?? 0).toBeLessThanOrEqual(price[meter] ?? 0)
    }
    procedure.work.reset()
    expect((await stage.call(procedure, left, { key })).status).toBe(200)
    expect(await stage.charged(left)).toEqual(price)
  },

  async 'charges an answer that breaks off for no more than was delivered'(stage, procedure) {
    const [whole, broken] = [stage.newCustomer(), stage.newCustomer()]
    const { isStream } = await stage.call(procedure, whole)
    procedure.work.between = () => Promise.reject(new PlantedError('planted'))
    await stage.call(procedure, broken)
    await nothingHeld(stage, broken)
    const price = await stage.charged(whole)
    const paid = await stage.charged(broken)
    if (!isStream) return expect(paid).toEqual(price)
    for (const { meter } of procedure.charges) {
      expect(paid[meter] ?? 0).toBeLessThanOrEqual(price[meter] ?? 0)
    }
  },
}

async function nothingHeld(
  stage: Stage,
  customer: Parameters<Stage['balances']>[0],
): Promise<void> {
  await vi.waitFor(
    async () => {
      const balances = await stage.balances(customer)
      expect(balances.filter(({ held }) => held > 0)).toEqual([])
    },
    { timeout: SETTLED_WITHIN_MS },
  )
}
