import {
  checksOf,
  billedProcedures,
  openStage,
  unpricedMutations,
} from '@tollgate/testing/conformance'
import { makeScratchWorkspace } from '@tollgate/testing/scratch'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { billedProcedure } from '../billed-procedure.ts'
import { conformanceHouse } from '../fixtures/conformance-house.ts'
import { protectedProcedure, router } from '../trpc.ts'
import { findComplaints } from './find-complaints.ts'
import { PLANTED_MISTAKES } from './planted-mistakes.ts'

/** Compiler and linter take their time where other tests run beside them. */
const BUSY_MS_MAX = 180_000

describe('planted mistakes', () => {
  let said: Awaited<ReturnType<typeof findComplaints>>

  beforeAll(async () => {
    const workspace = await makeScratchWorkspace(['packages/api'])
    said = await findComplaints(workspace.directory, PLANTED_MISTAKES)
    await workspace.remove()
  }, BUSY_MS_MAX)

  it.each(PLANTED_MISTAKES)('$mistake: stopped by the $stoppedBy', (planted) => {
    expect(said[planted.stoppedBy].get(planted.file)).toContain(planted.says)
  })

  it.each([
    [
      'an amount of 0',
      'An amount is a whole number from 1',
      () => billedProcedure({ ...PRICE, amount: 0 }),
    ],
    [
      'an example its own input refuses',
      'has an example that its own input refuses',
      () =>
        billedProcedure({ ...PRICE, example: { text: '' } }).input(
          z.object({ text: z.string().min(1) }),
        ),
    ],
  ])('%s: stopped when the program starts', (_mistake, says, define) => {
    expect(() => define().mutation(() => 1)).toThrow(says)
  })
})

describe('planted mistakes that only show when called', { timeout: BUSY_MS_MAX }, () => {
  it('a mutation that is neither billed nor free: stopped by the conformance kit', () => {
    // oxlint-disable-next-line tollgate/every-mutation-has-a-price -- planted
    const planted = router({ planted: protectedProcedure.mutation(() => 'for nothing') })
    expect(unpricedMutations(planted)).toEqual(['planted'])
  })

  it('a price told and not taken: stopped by the conformance kit', async () => {
    expect(await brokenPromises(toldAndNotTaken())).toEqual(
      expect.arrayContaining([
        'refuses a call without a key, before the work',
        'refuses an empty balance on any of its meters, before the work',
        'answers the same key with the same result and one charge',
        'tells the balance after each charge, newer every time',
      ]),
    )
  })

  it('a price that comes out as a fraction: stopped by the conformance kit', async () => {
    const fraction = billedProcedure({ ...PRICE, amount: () => 0.5 })
    expect(
      await brokenPromises(fraction.input(z.object({ text: z.string() })).mutation(() => 'x')),
    ).not.toEqual([])
  })
})

const PRICE = { meter: 'ai_tokens', amount: 1, example: { text: 'x' } } as const

function toldAndNotTaken() {
  return (
    protectedProcedure
      .meta({
        billing: {
          charges: [{ meter: 'ai_tokens', amount: 1 }],
          settle: 'hold',
          feature: null,
          whenUnavailable: 'closed',
          example: { text: 'x' },
        },
      })
      .input(z.object({ text: z.string() }))
      // oxlint-disable-next-line tollgate/every-mutation-has-a-price -- planted
      .mutation(({ input }) => input.text)
  )
}

/** The promises of the kit that a procedure breaks. */
async function brokenPromises(procedure: ReturnType<typeof toldAndNotTaken>): Promise<string[]> {
  const planted = router({ planted: procedure })
  const stage = await openStage(conformanceHouse(planted))
  const broken: string[] = []
  for (const billed of billedProcedures(planted)) {
    for (const [promise, check] of Object.entries(checksOf(billed))) {
      billed.work.reset()
      await check(stage, billed).catch(() => broken.push(promise))
    }
  }
  await stage.close()
  return broken
}
