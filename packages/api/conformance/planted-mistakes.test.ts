import {
  checksOf,
  billedProcedures,
  openHarness,
  unpricedMutations,
} from '@tollgate/testing/conformance'
import { makeScratchWorkspace } from '@tollgate/testing/scratch'
import type { AnyTRPCMutationProcedure } from '@trpc/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { billedProcedure } from '../src/billed-procedure.ts'
import { conformanceHarness } from '../src/fixtures/conformance-harness.ts'
import { protectedProcedure, router } from '../src/trpc.ts'
import { collectDiagnostics } from './collect-diagnostics.ts'
import { PLANTED_MISTAKES } from './planted-mistakes.ts'

/** The compiler and the linter are slow when other tests run beside them. */
const BUSY_MS_MAX = 180_000

describe('planted mistakes', () => {
  let said: Awaited<ReturnType<typeof collectDiagnostics>>

  beforeAll(async () => {
    const workspace = await makeScratchWorkspace(['packages/api'])
    said = await collectDiagnostics(workspace.directory, PLANTED_MISTAKES)
    await workspace.remove()
  }, BUSY_MS_MAX)

  it.each(PLANTED_MISTAKES)('$mistake: stopped by the $stoppedBy', (planted) => {
    expect(said[planted.stoppedBy].get(planted.file)).toContain(planted.says)
  })

  it.each([
    [
      'an amount of 0',
      'An amount is a whole number from 1',
      // @ts-expect-error An amount is a whole number from 1.
      () => billedProcedure({ ...PRICE, amount: 0 }),
    ],
    [
      'an amount that comes out as 0',
      'came out as 0 for {"text":""}, which the input accepts. Write atLeast(1, …)',
      () =>
        billedProcedure({ ...PRICE, amount: ({ text }: { text: string }) => text.length }).input(
          z.object({ text: z.string() }),
        ),
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

  it('a price shown and not charged: stopped by the conformance kit', async () => {
    expect([...(await brokenPromises(shownAndNotCharged())).keys()]).toEqual(
      expect.arrayContaining([
        'refuses a call without a key, before the work',
        'refuses an empty balance on any of its meters, before the work',
        'answers the same key with the same result and one charge',
        'reports the balance after each charge, with a newer version each time',
      ]),
    )
  })

  it('a price that comes out as a fraction: stopped by the conformance kit', async () => {
    const fraction = billedProcedure({ ...PRICE, amount: async () => 0.5 })
    const broken = await brokenPromises(fraction.input(TEXT).mutation(() => 'x'))
    expect(broken.get('answers the same key with the same result and one charge')).toContain(
      'COST_INVALID: The cost of planted is invalid: the amount of "ai_tokens" came out as 0.5',
    )
  })

  it('an amount that comes out as 0 and has to be waited for: stopped by the conformance kit', async () => {
    const zero = billedProcedure({
      ...PRICE,
      amount: async ({ text }: { text: string }) => text.length,
    })
    const broken = await brokenPromises(zero.input(TEXT).mutation(() => 'x'))
    expect([...broken.keys()]).toEqual(['has an amount of at least 1 for every input it accepts'])
    expect([...broken.values()].join()).toContain(
      'COST_INVALID: The cost of planted is invalid: the amount of "ai_tokens" came out as 0',
    )
  })

  it('a meter reported that is not charged: stopped by the conformance kit, with the cause', async () => {
    const price = { ...PRICE, amount: { hold: 10, settle: 'reported' } } as const
    const procedure = billedProcedure(price)
      .input(TEXT)
      // Bypasses the compiler, which knows the meters of a price.
      .mutation(({ operation }) =>
        Reflect.apply(operation.report, operation, [{ image_generations: 1 }]),
      )
    const broken = await brokenPromises(procedure)
    expect(broken.size).toBeGreaterThan(5)
    for (const says of broken.values()) {
      expect(says).toContain('COST_INVALID: The cost of planted is invalid')
      expect(says).toContain('it reported "image_generations", which is none of its meters')
    }
  })

  it('a report of 1 per chunk, which never grows: warned about by the conformance kit', async () => {
    const price = { ...PRICE, amount: { hold: 10, settle: 'reported' } } as const
    const stream = (reportOf: (chunk: number) => number) =>
      billedProcedure(price)
        .input(TEXT)
        .mutation(async function* ({ signal, operation }) {
          for (let chunk = 1; chunk <= 4 && !signal.aborted; chunk += 1) {
            operation.report(reportOf(chunk))
            yield { chunk }
          }
        })
    expect(await warningsOf(stream(() => 1))).toEqual([
      expect.stringContaining('reported 1 4 times in a stream of 4 chunks'),
    ])
    expect(await warningsOf(stream((chunk) => chunk))).toEqual([])
  })

  it('a report of the same of every meter per chunk: warned about, too', async () => {
    const charges = { ai_tokens: 9, image_generations: 1 }
    const price = { charges, settle: 'reported', example: { text: 'x' } } as const
    const stream = (tokensOf: (chunk: number) => number) =>
      billedProcedure(price)
        .input(TEXT)
        .mutation(async function* ({ signal, operation }) {
          for (let chunk = 1; chunk <= 4 && !signal.aborted; chunk += 1) {
            operation.report({ ai_tokens: tokensOf(chunk), image_generations: 1 })
            yield { chunk }
          }
        })
    expect(await warningsOf(stream(() => 1))).toEqual([expect.stringContaining('operation.add()')])
    expect(await warningsOf(stream((chunk) => chunk))).toEqual([])
  })

  it.each([
    ['per input', 'per_input'],
    ['per result', { result: ({ title }: { title: string }) => title }],
  ] as const)('no mistake at all when it is charged once %s', async (_how, chargeOnce) => {
    const procedure = billedProcedure({ ...PRICE, chargeOnce })
      .input(TEXT)
      .mutation(({ input }) => ({ title: `The ${input.text}` }))
    expect(await brokenPromises(procedure)).toEqual(new Map())
  })

  it('work that throws: stopped by the conformance kit, with the error, its cause and its place', async () => {
    const procedure = billedProcedure(PRICE)
      .input(TEXT)
      .mutation(() => {
        throw new Error('no provider', { cause: new TypeError('baseUrl is not a URL') })
      })
    const broken = await brokenPromises(procedure)
    const says = broken.get(
      'charges nothing for work that throws, and may be tried again with the same key',
    )
    expect(says).toContain('planted: TRPCError: INTERNAL_SERVER_ERROR: no provider')
    expect(says).toContain('caused by TypeError: baseUrl is not a URL')
    expect(says).toMatch(/at .*planted-mistakes\.test\.ts:\d+/)
    expect(says).not.toContain('planted, and secret')
  })

  it('an example that cannot be varied: the conformance kit asks for a second one, and takes it', async () => {
    const style = z.object({ style: z.enum(['aurora', 'night']) })
    const price = { ...PRICE, example: { style: 'night' } } as const
    const lacking = await brokenPromises(
      billedProcedure(price)
        .input(style)
        .mutation(() => 'x'),
    )
    expect([...lacking.keys()]).toEqual(['refuses the same key with other input'])
    expect([...lacking.values()].join()).toContain('Give its price a second one, as `otherExample`')
    const full = { ...price, otherExample: { style: 'aurora' } } as const
    expect(
      await brokenPromises(
        billedProcedure(full)
          .input(style)
          .mutation(() => 'x'),
      ),
    ).toEqual(new Map())
  })

  it.each([
    ['an array', z.array(z.string()), ['a']],
    [
      'an object that holds only an array',
      z.object({ items: z.array(z.string()) }),
      { items: ['a'] },
    ],
    ['numbers in nested objects', z.object({ box: z.object({ cm: z.int() }) }), { box: { cm: 3 } }],
  ])('no mistake at all with an example that is %s', async (_what, input, example) => {
    const { meter, amount } = PRICE
    const procedure = billedProcedure.input(input).price({ meter, amount, example })
    expect(await brokenPromises(procedure.mutation(() => 'x'))).toEqual(new Map())
  })
})

const TEXT = z.object({ text: z.string() })
const PRICE = { meter: 'ai_tokens', amount: 1, example: { text: 'x' } } as const

const PRICED: object = {
  billing: {
    charges: [{ meter: 'ai_tokens', amount: 1 }],
    settle: 'hold',
    feature: null,
    chargeOnce: 'per_key',
    example: { text: 'x' },
  },
}

function shownAndNotCharged() {
  return (
    protectedProcedure
      .meta(PRICED)
      .input(z.object({ text: z.string() }))
      // oxlint-disable-next-line tollgate/every-mutation-has-a-price -- planted
      .mutation(({ input }) => input.text)
  )
}

/** The kit's warnings about a procedure that passes every check. */
async function warningsOf(procedure: AnyTRPCMutationProcedure): Promise<string[]> {
  const planted = router({ planted: procedure })
  const harness = await openHarness(conformanceHarness(planted))
  const [billed] = billedProcedures(planted)
  if (billed) {
    for (const check of Object.values(checksOf(billed))) {
      billed.work.reset()
      await check(harness, billed)
    }
  }
  await harness.close()
  return [...(billed?.work.warnings ?? ['not billed'])]
}

/** The checks of the kit that a procedure fails, and their messages. */
async function brokenPromises(procedure: AnyTRPCMutationProcedure): Promise<Map<string, string>> {
  const planted = router({ planted: procedure })
  const harness = await openHarness(conformanceHarness(planted))
  const broken = new Map<string, string>()
  for (const billed of billedProcedures(planted)) {
    for (const [promise, check] of Object.entries(checksOf(billed))) {
      billed.work.reset()
      await check(harness, billed).catch((failure: unknown) => broken.set(promise, String(failure)))
    }
  }
  await harness.close()
  return broken
}
