import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningTollgate, startTollgate } from '@tollgate/testing/tollgate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPersonaSession } from './persona-session.ts'
import { type Persona, PERSONAS } from './personas.ts'
import { seedPersona } from './seed-persona.ts'

describe('seeding', () => {
  let dataDirectory: string
  let tollgate: RunningTollgate
  let billing: { url: string; apiKey: string }
  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'tollgate-seed-'))
    tollgate = await startTollgate({ dataDirectory })
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
  ])('makes %s, and once only', async (name, balance) => {
    const persona = personaCalled(name)
    await seedPersona(persona, { url: tollgate.url, billing })
    const first = await balancesOf(persona)
    expect(first).toContainEqual(expect.objectContaining(balance))
    await seedPersona(persona, { url: tollgate.url, billing })
    expect(await usedBy(persona)).toEqual(first.map(used))
  })

  async function balancesOf(persona: Persona): Promise<Record<string, unknown>[]> {
    const session = await openPersonaSession(tollgate.url, persona)
    const answer = await session.read('billing.balance')
    return isBalances(answer) ? answer.balances : []
  }

  async function usedBy(persona: Persona) {
    return (await balancesOf(persona)).map(used)
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

function isBalances(value: unknown): value is { balances: Record<string, unknown>[] } {
  return typeof value === 'object' && value !== null && 'balances' in value
}
