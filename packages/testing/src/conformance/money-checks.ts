import { expect } from 'vitest'
import type { BilledProcedure } from './billed-procedures.ts'
import { emptiedInputs } from './emptied-inputs.ts'
import type { ServerError } from './explain-failure.ts'
import { PlantedError } from './planted-error.ts'
import { newKey, type Harness } from './harness.ts'

type Check = (harness: Harness, procedure: BilledProcedure) => Promise<void>

/** What was delivered is charged, what was not delivered is not, and the caller sees it. */
export const MONEY_CHECKS: Record<string, Check> = {
  async 'refuses a stranger, before the work'(harness, procedure) {
    const { status, billing } = await harness.call(procedure, null)
    expect([status, billing?.kind, procedure.work.runs]).toEqual([401, 'not_signed_in', 0])
  },

  async 'charges nothing for work that throws, and may be tried again with the same key'(
    harness,
    procedure,
  ) {
    const caller = harness.newCustomer()
    const key = newKey()
    procedure.work.before = () => Promise.reject(new PlantedError('planted, and secret'))
    const failed = await harness.call(procedure, caller, { key })
    expect(failed.status).toBe(500)
    expect(JSON.stringify(failed)).not.toContain('secret')
    expect(await harness.charged(caller)).toEqual({})
    expect(heldOf(await harness.balances(caller))).toBe(0)
    procedure.work.reset()
    expect((await harness.call(procedure, caller, { key })).status).toBe(200)
    expect(Object.keys(await harness.charged(caller))).not.toEqual([])
  },

  async 'refuses an empty balance on any of its meters, before the work'(harness, procedure) {
    for (const { meter } of procedure.charges) {
      const caller = harness.newCustomer({ without: meter })
      const { status, billing } = await harness.call(procedure, caller)
      expect([status, billing]).toEqual([
        402,
        expect.objectContaining({ kind: 'insufficient_credits', meter }),
      ])
      expect(await harness.charged(caller)).toEqual({})
    }
    expect(procedure.work.runs).toBe(0)
  },

  async 'has an amount of at least 1 for every input it accepts'(harness, procedure) {
    const inputs = [procedure.example, ...emptiedInputs(procedure.example)]
    const reported = harness.errors.length
    for (const input of inputs.filter((one) => procedure.parse(one) !== null)) {
      await harness.call(procedure, harness.newCustomer(), { input })
    }
    expect(harness.errors.slice(reported).filter(isInvalidCost)).toEqual([])
  },

  async 'keeps selling while the backend is down, and delivers usage once it is back'(
    harness,
    procedure,
  ) {
    const caller = harness.newCustomer()
    const before = await harness.balances(caller)
    harness.backend.faults = { failure: 'unreachable' }
    const { status } = await harness.call(procedure, caller)
    const after = await harness.balances(caller)
    harness.backend.faults = {}
    expect(status).toBe(200)
    expect(await harness.charged(caller)).toEqual(difference(before, after))
  },

  async 'refuses a new customer while the backend is down, before the work'(harness, procedure) {
    harness.backend.faults = { failure: 'unreachable' }
    const { status, billing } = await harness.call(procedure, harness.newCustomer())
    harness.backend.faults = {}
    expect([status, billing?.kind, procedure.work.runs]).toEqual([503, 'billing_unavailable', 0])
  },
}

/** Additional checks for a procedure that only some plans include. */
export const PLAN_CHECKS: Record<string, Check> = {
  async 'refuses a plan without its feature, before the work'(harness, procedure) {
    const caller = harness.newCustomer({ features: [] })
    const { status, billing } = await harness.call(procedure, caller)
    expect([status, billing?.kind, procedure.work.runs]).toEqual([403, 'not_in_plan', 0])
  },
}

function isInvalidCost({ error }: ServerError): boolean {
  const cause = error instanceof Error ? error.cause : null
  return cause instanceof Error && 'code' in cause && cause.code === 'COST_INVALID'
}

type Balances = Awaited<ReturnType<Harness['balances']>>

function heldOf(balances: Balances): number {
  return balances.reduce((total, { held }) => total + held, 0)
}

function difference(before: Balances, after: Balances): Record<string, number> {
  const left = new Map(after.map(({ meter, remaining }) => [meter, remaining]))
  const spent = before.map(
    ({ meter, remaining }) => [meter, remaining - (left.get(meter) ?? 0)] as const,
  )
  return Object.fromEntries(spent.filter(([, amount]) => amount !== 0))
}
