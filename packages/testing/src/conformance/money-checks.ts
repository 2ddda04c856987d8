import { expect } from 'vitest'
import type { BilledProcedure } from './billed-procedures.ts'
import { emptiedInputs } from './emptied-inputs.ts'
import type { ServerError } from './explain-failure.ts'
import { PlantedError } from './planted-error.ts'
import { newKey, type Stage } from './stage.ts'

type Check = (stage: Stage, procedure: BilledProcedure) => Promise<void>

/** What was delivered is charged, what was not is not, and the caller sees it. */
export const MONEY_CHECKS: Record<string, Check> = {
  async 'refuses a stranger, before the work'(stage, procedure) {
    const { status, billing } = await stage.call(procedure, null)
    expect([status, billing?.kind, procedure.work.runs]).toEqual([401, 'not_signed_in', 0])
  },

  async 'charges nothing for work that throws, and may be tried again with the same key'(
    stage,
    procedure,
  ) {
    const caller = stage.newCustomer()
    const key = newKey()
    procedure.work.before = () => Promise.reject(new PlantedError('planted, and secret'))
    const failed = await stage.call(procedure, caller, { key })
    expect(failed.status).toBe(500)
    expect(JSON.stringify(failed)).not.toContain('secret')
    expect(await stage.charged(caller)).toEqual({})
    expect(heldOf(await stage.balances(caller))).toBe(0)
    procedure.work.reset()
    expect((await stage.call(procedure, caller, { key })).status).toBe(200)
    expect(Object.keys(await stage.charged(caller))).not.toEqual([])
  },

  async 'refuses an empty balance on any of its meters, before the work'(stage, procedure) {
    for (const { meter } of procedure.charges) {
      const caller = stage.newCustomer({ without: meter })
      const { status, billing } = await stage.call(procedure, caller)
      expect([status, billing]).toEqual([
        402,
        expect.objectContaining({ kind: 'insufficient_credits', meter }),
      ])
      expect(await stage.charged(caller)).toEqual({})
    }
    expect(procedure.work.runs).toBe(0)
  },

  async 'has an amount of at least 1 for every input it accepts'(stage, procedure) {
    const inputs = [procedure.example, ...emptiedInputs(procedure.example)]
    const reported = stage.errors.length
    for (const input of inputs.filter((one) => procedure.parse(one) !== null)) {
      await stage.call(procedure, stage.newCustomer(), { input })
    }
    expect(stage.errors.slice(reported).filter(isInvalidCost)).toEqual([])
  },

  async 'sells on while the backend is away, and delivers once it is back'(stage, procedure) {
    const caller = stage.newCustomer()
    const before = await stage.balances(caller)
    stage.backend.away = true
    const { status } = await stage.call(procedure, caller)
    const after = await stage.balances(caller)
    stage.backend.away = false
    expect(status).toBe(200)
    expect(await stage.charged(caller)).toEqual(difference(before, after))
  },

  async 'refuses a new customer while the backend is away, before the work'(stage, procedure) {
    stage.backend.away = true
    const { status, billing } = await stage.call(procedure, stage.newCustomer())
    stage.backend.away = false
    expect([status, billing?.kind, procedure.work.runs]).toEqual([503, 'billing_unavailable', 0])
  },
}

/** What else a procedure promises that only some plans include. */
export const PLAN_CHECKS: Record<string, Check> = {
  async 'refuses a plan without its feature, before the work'(stage, procedure) {
    const caller = stage.newCustomer({ features: [] })
    const { status, billing } = await stage.call(procedure, caller)
    expect([status, billing?.kind, procedure.work.runs]).toEqual([403, 'not_in_plan', 0])
  },
}

function isInvalidCost({ error }: ServerError): boolean {
  const cause = error instanceof Error ? error.cause : null
  return cause instanceof Error && 'code' in cause && cause.code === 'COST_INVALID'
}

type Balances = Awaited<ReturnType<Stage['balances']>>

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
