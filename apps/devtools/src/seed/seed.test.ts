import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '@tollgate/database'
import { programDatabases } from '@tollgate/testing/database'
import { type RunningTollgate, startTollgate } from '@tollgate/testing/tollgate'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { askBilling } from './ask-billing.ts'
import { delayFirstFault } from './fixtures/delay-first-fault.ts'
import { openPersonaSession, type PersonaSession } from './persona-session.ts'
import { type Persona, PERSONAS } from './personas.ts'
import { seedPersona } from './seed-persona.ts'

/** The longest that usage takes to reach the backend on a loaded machine. */
const DELIVERED_MS = 45_000

describe('seeding', () => {
  let dataDirectory: string
  let databaseUrl: string
  let tollgate: RunningTollgate
  let billing: { url: string; apiKey: string }
  const sessions = new Map<string, Promise<PersonaSession>>()
  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'tollgate-seed-'))
    const environment = await programDatabases()
    databaseUrl = environment.DATABASE_URL
    tollgate = await startTollgate({ dataDirectory, environment })
    const apiKey = (await readFile(join(dataDirectory, 'billing-api-key'), 'utf8')).trim()
    billing = { url: tollgate.billingUrl, apiKey }
  }, 120_000)
  afterAll(async () => {
    await tollgate.stop()
    await rm(dataDirectory, { recursive: true, force: true })
  })

  it.each([
    ['overage', { meter: 'ai_tokens', state: 'overage', overage: 130, remaining: 0 }],
    ['unlimited', { meter: 'api_calls', state: 'unlimited' }],
    ['scarce', { meter: 'api_calls', state: 'critical', remaining: 4 }],
  ])('makes %s, and once only', async (name, balance) => {
    await seed(name)
    expect(await balancesOf(name)).toContainEqual(expect.objectContaining(balance))
    // Usage of the plan before is subtracted from the new one until it is delivered, so that a comparison may need repeating; each
    // repetition seeds again and would find more usage.
    await vi.waitFor(async () => {
      const before = await balancesOf(name)
      await seed(name)
      expect((await balancesOf(name)).map(used)).toEqual(before.map(used))
    }, DELIVERED_MS)
  })

  it('makes a plan that ends with its period, and once only', async () => {
    await seed('leaving')
    const persona = personaCalled('leaving')
    // Like a second `pnpm seed`: the account exists and signs in.
    const session = await openPersonaSession(tollgate.url, persona)
    await seedPersona(persona, { session, billing, withMetering })
    expect(await planOf('leaving')).toMatchObject({
      billing: { subscription: { planSlug: 'pro', cancelsAt: expect.any(String) } },
    })
  })

  it('makes days of use, with a purchase and its refund, each in its time and once only', async () => {
    const persona: Persona = { ...personaCalled('regular'), name: 'recent', historyDays: 14 }
    const session = await openPersonaSession(tollgate.url, persona)
    const read = () =>
      Promise.all([
        session.read('billing.history?input={"days":14}'),
        session.read('billing.ledger?input={"limit":100}'),
      ])
    await seedPersona(persona, { session, billing, withMetering })
    const [history, ledger] = await read()
    expect(daysOf(history).length).toBeGreaterThan(6)
    expect(reasonsOf(ledger)).toEqual(expect.arrayContaining(['plan', 'purchase', 'refund']))
    await seedPersona(persona, { session, billing, withMetering })
    expect(await read()).toEqual([history, ledger])
    // The clock is restored: a new call counts for today.
    await session.call('tools.qrCode', { text: 'https://example.com/now' }, 'seed-history-test-now')
    const today = new Date().toISOString().slice(0, 10)
    expect(daysOf(await session.read('billing.history?input={"days":1}'))).toContain(today)
  })

  // Last, because they advance the clock for every customer.
  it('makes a renewal that was not paid, once only, while others pay theirs', async () => {
    await seed('past-due')
    expect(await planOf('past-due')).toMatchObject({
      billing: { subscription: { planSlug: 'pro', status: 'past_due' } },
    })
    const moved = await askBilling(billing, '/dev/state')
    await seed('past-due')
    expect(await askBilling(billing, '/dev/state')).toMatchObject({ aheadMs: aheadOf(moved) })
    expect(await planOf('unlimited')).toMatchObject({
      billing: { subscription: { planSlug: 'pro', status: 'active' } },
    })
  })

  it('makes a renewal that was not paid though the first was paid before the fault was there', async () => {
    const persona: Persona = { ...personaCalled('past-due'), name: 'late-fault' }
    const session = await openPersonaSession(tollgate.url, persona)
    const late = await delayFirstFault(billing)
    try {
      await seedPersona(persona, { session, billing: late.billing, withMetering })
    } finally {
      await late.close()
    }
    expect(await session.read('billing.plan')).toMatchObject({
      billing: { subscription: { planSlug: 'pro', status: 'past_due' } },
    })
  })

  async function withMetering(work: (metering: Database) => Promise<void>): Promise<void> {
    const database = openDatabase({ url: databaseUrl, applicationName: 'seed-test' })
    try {
      await work(database)
    } finally {
      await database.close()
    }
  }

  async function seed(name: string): Promise<void> {
    const session = await sessionOf(name)
    await seedPersona(personaCalled(name), { session, billing, withMetering })
  }

  // Sign-in is rate-limited, so each persona signs in once.
  function sessionOf(name: string): Promise<PersonaSession> {
    const session = sessions.get(name) ?? openPersonaSession(tollgate.url, personaCalled(name))
    sessions.set(name, session)
    return session
  }

  async function balancesOf(name: string): Promise<Record<string, unknown>[]> {
    const answer = await (await sessionOf(name)).read('billing.balance')
    return isBalances(answer) ? answer.balances : []
  }

  async function planOf(name: string): Promise<unknown> {
    const session = await sessionOf(name)
    await session.call('billing.refresh', {})
    return session.read('billing.plan')
  }
})

function used({ meter, used: amount }: Record<string, unknown>) {
  return { meter, amount }
}

function personaCalled(name: string): Persona {
  const persona = PERSONAS.find((candidate) => candidate.name === name)
  if (!persona) throw new Error(`There is no persona ${name}.`)
  return persona
}

function daysOf(history: unknown): string[] {
  const used: unknown = typeof history === 'object' && history && Reflect.get(history, 'used')
  return Array.isArray(used) ? [...new Set(used.map((use) => String(use.day)))] : []
}

function reasonsOf(ledger: unknown): string[] {
  const items: unknown = typeof ledger === 'object' && ledger && Reflect.get(ledger, 'items')
  return Array.isArray(items) ? items.flatMap(({ reason }) => reason ?? []) : []
}

function aheadOf(state: unknown): unknown {
  return typeof state === 'object' && state !== null ? Reflect.get(state, 'aheadMs') : undefined
}

function isBalances(value: unknown): value is { balances: Record<string, unknown>[] } {
  return typeof value === 'object' && value !== null && 'balances' in value
}
