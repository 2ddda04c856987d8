import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type BilledProcedure,
  billedProcedures,
  type RouterLike,
  unpricedMutations,
} from './billed-procedures.ts'
import { explainFailure } from './explain-failure.ts'
import { EVERY_KEY_CHECKS, INPUT_CHECKS, KEY_CHECKS } from './key-checks.ts'
import { LEAVING_CHECKS } from './leaving-checks.ts'
import { MONEY_CHECKS, PLAN_CHECKS } from './money-checks.ts'
import { type HarnessOptions, openHarness, type Harness } from './harness.ts'

/**
 * Tests every billed procedure of a router over HTTP requests, with real metering on a real database. A new billed procedure is found
 * automatically; it is called with its example.
 *
 * @example
 * describeBilled(appRouter, { catalog, migrations: METERING_MIGRATIONS, compose: ({ database, backend }) => … })
 */
export function describeBilled(router: RouterLike, options: HarnessOptions): void {
  const procedures = billedProcedures(router)

  describe('a router that bills', () => {
    let harness: Harness
    beforeAll(async () => {
      harness = await openHarness(options)
    })
    afterAll(() => harness.close())

    it('has a price, or a reason to be free, for every mutation', () => {
      expect(unpricedMutations(router), NO_PRICE).toEqual([])
    })

    it('has an example that works for every price', () => {
      const lacking = procedures.filter(({ parse, example }) => parse(example) === null)
      expect(
        lacking.map(({ path }) => path),
        NO_EXAMPLE,
      ).toEqual([])
    })

    describe.each(procedures)('$path', (procedure) => {
      beforeEach(() => procedure.work.reset())
      afterAll(() => {
        // Other tests of the same worker call the router too.
        procedure.work.reset()
        for (const warning of procedure.work.warnings) {
          process.stderr.write(`Warning: ${procedure.path} ${warning}\n`)
        }
      })
      it.each(Object.entries(checksOf(procedure)))('%s', async (_promise, check) => {
        expect.hasAssertions()
        await check(harness, procedure)
      })
    })
  })
}

/** The checks of a procedure; each rejects with what it observed and what the server reported meanwhile. */
export function checksOf({ feature, chargeOnce }: BilledProcedure) {
  const needsPlan = feature !== null && feature !== 'by_input'
  const checks: Record<string, Check> = {
    ...(chargeOnce === 'per_input' ? INPUT_CHECKS : KEY_CHECKS),
    ...(chargeOnce === 'per_key' ? EVERY_KEY_CHECKS : {}),
    ...MONEY_CHECKS,
    ...LEAVING_CHECKS,
    ...(needsPlan ? PLAN_CHECKS : {}),
  }
  return Object.fromEntries(
    Object.entries(checks).map(([promise, check]) => [promise, explained(check)]),
  )
}

type Check = (harness: Harness, procedure: BilledProcedure) => Promise<void>

function explained(check: Check): Check {
  return async (harness, procedure) => {
    const reported = harness.errors.length
    try {
      await check(harness, procedure)
    } catch (failure) {
      throw explainFailure(failure, harness.errors.slice(reported))
    }
  }
}

const NO_PRICE =
  "Build these on billedProcedure({ meter, amount, example }), or on freeProcedure('why it costs nothing'). " +
  'Guide: errors#every-mutation-has-a-price'
const NO_EXAMPLE =
  'Give these an `example` that their input accepts; the conformance tests call them with it.'
