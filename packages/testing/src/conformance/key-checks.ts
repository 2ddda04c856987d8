import { expect } from 'vitest'
import type { BilledProcedure } from './billed-procedures.ts'
import { pauseNextRun } from './pause-next-run.ts'
import { newKey, type Harness } from './harness.ts'
import { varyInput } from './vary-input.ts'

type Check = (harness: Harness, procedure: BilledProcedure) => Promise<void>

/** One intent is one operation, however often it is sent. */
export const KEY_CHECKS: Record<string, Check> = {
  async 'refuses a call without a key, before the work'(harness, procedure) {
    const { status, billing } = await harness.call(procedure, harness.newCustomer(), { key: null })
    expect([status, billing?.kind, procedure.work.runs]).toEqual([400, 'key_missing', 0])
  },

  async 'refuses a key of another shape, before the work'(harness, procedure) {
    const { status, billing } = await harness.call(procedure, harness.newCustomer(), {
      key: 'again!',
    })
    expect([status, billing?.kind, procedure.work.runs]).toEqual([400, 'key_invalid', 0])
  },

  async 'answers the same key with the same result and one charge'(harness, procedure) {
    const caller = harness.newCustomer()
    const key = newKey()
    const first = await harness.call(procedure, caller, { key })
    const once = await harness.charged(caller)
    const second = await harness.call(procedure, caller, { key })
    expect(first.status).toBe(200)
    expect(second.output).toEqual(first.output)
    expect([first.replayed, second.replayed]).toEqual([false, true])
    expect(procedure.work.runs).toBe(1)
    expect(await harness.charged(caller)).toEqual(once)
  },

  async 'refuses the same key with other input'(harness, procedure) {
    const other = otherInputOf(procedure)
    if (other === null) return expect(takesInput(procedure), noOtherInput(procedure)).toBe(false)
    const caller = harness.newCustomer()
    const key = newKey()
    await harness.call(procedure, caller, { key })
    const { status, billing } = await harness.call(procedure, caller, { key, input: other.input })
    expect([status, billing?.kind, procedure.work.runs]).toEqual([422, 'key_reused', 1])
  },

  async 'runs once when the same key comes twice at once'(harness, procedure) {
    const caller = harness.newCustomer()
    const key = newKey()
    const { begun, resume } = pauseNextRun(procedure.work)
    const first = harness.call(procedure, caller, { key })
    // A refused call never begins.
    await Promise.race([begun, first])
    const second = await harness.call(procedure, caller, { key })
    resume()
    expect([second.status, second.billing?.kind]).toEqual([409, 'in_progress'])
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await first).status).toBe(200)
    expect(procedure.work.runs).toBe(1)
  },

  async "leaves another customer's same key alone"(harness, procedure) {
    const [one, other] = [harness.newCustomer(), harness.newCustomer()]
    const key = newKey()
    const first = await harness.call(procedure, one, { key })
    const second = await harness.call(procedure, other, { key })
    expect([first.status, second.status]).toEqual([200, 200])
    expect([second.replayed, procedure.work.runs]).toEqual([false, 2])
    expect(await harness.charged(other)).toEqual(await harness.charged(one))
  },
}

/** Every key is a separate charge, unless something else makes two calls the same. */
export const EVERY_KEY_CHECKS: Record<string, Check> = {
  async 'charges two calls of one batch by their own keys'(harness, procedure) {
    const [alone, both] = [harness.newCustomer(), harness.newCustomer()]
    await harness.call(procedure, alone)
    procedure.work.reset()
    const answers = await harness.callTwiceAtOnce(procedure, both, [newKey(), newKey()])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(procedure.work.runs).toBe(2)
    const once = Object.entries(await harness.charged(alone))
    expect(await harness.charged(both)).toEqual(
      Object.fromEntries(once.map(([meter, amount]) => [meter, 2 * amount])),
    )
  },

  async 'reports the balance after each charge, with a newer version each time'(
    harness,
    procedure,
  ) {
    const caller = harness.newCustomer()
    const [first, second] = [
      await harness.call(procedure, caller),
      await harness.call(procedure, caller),
    ]
    for (const { meter } of procedure.charges) {
      const [before, after] = [first, second].map(({ balances }) =>
        balances.find((balance) => balance.meter === meter),
      )
      expect(after?.version).toBeGreaterThan(before?.version ?? Number.POSITIVE_INFINITY)
      expect(after?.remaining).toBeLessThan(before?.remaining ?? 0)
    }
  },
}

/** The same input is one operation, under any key or none. */
export const INPUT_CHECKS: Record<string, Check> = {
  async 'answers the same input with the same result and one charge, without a key'(
    harness,
    procedure,
  ) {
    const caller = harness.newCustomer()
    const first = await harness.call(procedure, caller, { key: null })
    const once = await harness.charged(caller)
    const second = await harness.call(procedure, caller)
    expect([first.status, second.status]).toEqual([200, 200])
    expect(second.output).toEqual(first.output)
    expect([first.replayed, second.replayed, procedure.work.runs]).toEqual([false, true, 1])
    expect(await harness.charged(caller)).toEqual(once)
  },
}

function otherInputOf({ example, otherExample, parse }: BilledProcedure) {
  return otherExample === undefined ? varyInput(example, parse) : { input: otherExample }
}

function takesInput({ example, parse }: BilledProcedure): boolean {
  return parse(example)?.some((read) => read !== undefined) ?? true
}

function noOtherInput({ path, example }: BilledProcedure): string {
  return (
    `${path}: no change of its example ${JSON.stringify(example)} makes another input that it accepts. ` +
    'Give its price a second one, as `otherExample`, so that a key can be tried with other input'
  )
}
