import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadPricing, type PricingFile } from '@tollgate/contract/pricing'
import { PRICING_PATH } from '@tollgate/contract/product-pricing'
import { type BillingServer, startBillingServer } from '@tollgate/ledger/http'
import { createTestDatabase } from '@tollgate/testing/database'
import { freePort } from '@tollgate/testing/free-port'
import { listenOnLoopback } from '@tollgate/testing/listen-on-loopback'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url))
const MIGRATIONS = new URL('../../../../packages/ledger/migrations/', import.meta.url)

type Run = { code: number; stdout: string; stderr: string }

let directory: string
let program: string
let testDatabase: Awaited<ReturnType<typeof createTestDatabase>>
let server: BillingServer

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'tollgate-cli-'))
  testDatabase = await createTestDatabase({ template: 'ledger', migrations: MIGRATIONS })
  // A bundled command starts in a quarter of the time.
  program = path.join(directory, 'billing.mjs')
  await build({
    entryPoints: [CLI],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
  })
  server = await start(false)
  await api('POST', '/customers', {
    customer: { externalId: 'ada', name: 'Ada', email: 'ada@example.com' },
  })
})
afterAll(async () => {
  await server.close()
  await testDatabase.drop()
  await rm(directory, { recursive: true, force: true })
})

function start(production: boolean) {
  return startBillingServer({
    databaseUrl: testDatabase.url,
    port: 0,
    pricingPath: PRICING_PATH,
    apiKeyFile: path.join(directory, 'billing-api-key'),
    production,
    billingPortalUrl: 'http://127.0.0.1:3000/billing',
  })
}

/** The pricing file with one more feature in the free plan. */
function withGreeting(pricing: PricingFile): PricingFile {
  const greeting = {
    type: 'usage_credit_grant' as const,
    slug: 'greeting',
    name: 'A greeting',
    description: '',
    active: true,
    amount: 7,
    renewalFrequency: 'every_billing_period' as const,
    usageMeterSlug: 'ai_tokens',
  }
  return {
    ...pricing,
    features: [...pricing.features, greeting],
    products: pricing.products.map((sold) =>
      sold.product.slug === 'free' ? { ...sold, features: [...sold.features, 'greeting'] } : sold,
    ),
  }
}

async function api(method: string, route: string, body: unknown) {
  const response = await fetch(`${server.url}/api/v1${route}`, {
    method,
    headers: { authorization: server.apiKey },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
  return response.json()
}

/** Runs the command line as a process of its own, as users and scripts do. */
function billing(args: string[], environment: Record<string, string> = {}): Promise<Run> {
  const env = {
    PATH: process.env['PATH'],
    NO_COLOR: '1',
    BILLING_URL: server.url,
    DATA_DIR: directory,
    ...environment,
  }
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env }, (error, out, err) => {
      const code = typeof error?.code === 'number' ? error.code : 0
      resolve({ code, stdout: out, stderr: err })
    })
  })
}

async function json(...args: string[]) {
  const { code, stdout, stderr } = await billing([...args, '--json'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

/** Each command is a process, which starts slowly on a busy machine. */
const timeout = 90_000

describe('pnpm billing', { timeout }, () => {
  it('finds customers', async () => {
    expect(await json('customers', 'ADA')).toMatchObject([{ externalId: 'ada', status: 'active' }])
    expect(await json('customers', 'unknown')).toEqual([])
    expect((await billing(['customers'])).stdout).toMatch(/^EXTERNAL ID .*\nada +Ada +ada@example/)
  })

  it('grants and revokes credits, shows the balance and the ledger entries', async () => {
    expect(await json('grant', 'ada', 'image_generations', '25', '--reason', 'once')).toEqual({
      granted: true,
    })
    await json('grant', 'ada', 'image_generations', '25', '--reason', 'once')
    await json('revoke', 'ada', 'image_generations', '3', '--name', 'a mistake')
    const images = { slug: 'image_generations', availableBalance: 32 }
    expect(await json('balance', 'ada')).toContainEqual(expect.objectContaining(images))
    const entries = await json('ledger', 'ada', '--limit', '2')
    expect(entries).toMatchObject([
      { kind: 'revocation', amount: 3, note: 'a mistake' },
      { amount: 25 },
    ])
  })

  it('leads to a checkout when there is nothing to pay with, then changes the plan', async () => {
    const first = await json('plan', 'change', 'ada', 'pro_monthly')
    expect(first.outcome).toBe('checkout')
    const paid = await fetch(`${first.url}/pay`, { method: 'POST', redirect: 'manual' })
    expect(paid.status).toBe(303)
    expect(await json('plan', 'show', 'ada')).toMatchObject({ status: 'active' })
    expect((await billing(['plan', 'show', 'ada'])).stdout).toContain('Pro')
    expect(await json('plan', 'change', 'ada', 'free_monthly', '--when', 'end')).toMatchObject({
      outcome: 'scheduled',
    })
  })

  it('lists what existing customers gain from a changed plan and applies it only on request', async () => {
    await api('POST', '/customers', {
      customer: { externalId: 'early', name: 'Early', email: 'early@example.com' },
    })
    const pricing = loadPricing(PRICING_PATH)
    await api('POST', '/pricing-models/setup', withGreeting(pricing))
    const gain = { featureSlug: 'greeting', amountBefore: null, amountAfter: 7 }
    const dry = await billing(['plan', 'migrate', 'free'])
    expect(dry.stdout).toMatch(/early +greeting +ai_tokens +- +7 +would change/)
    expect(dry.stdout).toContain('add --apply')
    expect(await json('plan', 'migrate', 'free', '--apply')).toMatchObject({
      applied: true,
      subscriptions: [{ customerExternalId: 'early', outcome: 'changed', gains: [gain] }],
    })
    expect(await json('plan', 'migrate', 'free', '--apply')).toMatchObject({ subscriptions: [] })
    await api('POST', '/pricing-models/setup', pricing)
  })

  it('advances the clock', async () => {
    const before = await json('clock')
    const after = await json('clock', 'advance', '1d')
    expect(after.now - before.now).toBeGreaterThanOrEqual(86_400_000)
    expect((await json('clock', 'show')).aheadMs).toBe(before.aheadMs + 86_400_000)
  })

  it('switches faults on and off, and stays reachable while the backend is down', async () => {
    expect(await json('fail-next-payment')).toMatchObject({ failingPayments: 1 })
    const on = await json('faults', '--down', '--slow', '20', '--duplicates')
    expect(on).toEqual({ failingPayments: 1, down: true, latencyMs: 20, duplicateDeliveries: true })
    const refused = await billing(['customers', '--json'])
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stderr)).toMatchObject({ code: 'UNAVAILABLE' })
    expect(await json('faults', '--no-down')).toMatchObject({ down: false, latencyMs: 20 })
    expect(await json('faults', '--clear')).toMatchObject({ latencyMs: 0, failingPayments: 0 })
  })

  it('rejects an API key once it is revoked', async () => {
    const key = 'tg_test_of_a_laptop_that_was_lost'
    await testDatabase.database.query({
      text: `insert into api_key (key_hash, organization_id, name, created_at)
             select sha256($1::text::bytea), id, 'a laptop that was lost', 0 from organization`,
      values: [key],
    })
    const reads = () => fetch(`${server.url}/api/v1/customers`, { headers: { authorization: key } })
    expect((await reads()).status).toBe(200)

    const keys: { id: string; name: string }[] = await json('keys', 'list')
    const lost = keys.find(({ name }) => name === 'a laptop that was lost')
    expect(await json('keys', 'revoke', lost?.id ?? '')).toMatchObject({ id: lost?.id })
    expect((await reads()).status).toBe(401)
    expect(await json('keys', 'list')).toContainEqual(
      expect.objectContaining({ id: lost?.id, revokedAt: expect.any(Number) }),
    )
  })

  it('replaces its own revoked key at the next start', async () => {
    const keys: { id: string; name: string }[] = await json('keys', 'list')
    await json('keys', 'revoke', keys.find(({ name }) => name === 'default')?.id ?? '')
    expect((await billing(['keys', 'list'])).code).not.toBe(0)
    const revoked = server.apiKey
    await server.close()
    server = await start(false)
    expect(server.apiKey).not.toBe(revoked)
    expect(await json('keys', 'list')).toHaveLength(keys.length + 1)
  })

  it('refuses to revoke an unknown key', async () => {
    const { code, stderr } = await billing(['keys', 'revoke', 'no-such-key'])
    expect(code).not.toBe(0)
    expect(stderr).toContain('no-such-key')
  })

  it('lists webhook deliveries and replays one', async () => {
    let requests = 0
    const receiver = createServer((_request, response) => {
      requests++
      response.end()
    })
    const port = await listenOnLoopback(receiver)
    await api('POST', '/webhooks', { webhook: { url: `http://127.0.0.1:${port}/` } })
    await api('POST', '/customers', { customer: { externalId: 'bob', name: 'Bob', email: '' } })
    await expect.poll(() => requests).toBeGreaterThan(0)
    const statuses = async () => {
      const deliveries: { status: string }[] = await json('webhooks')
      return new Set(deliveries.map(({ status }) => status))
    }
    await expect.poll(statuses, { timeout: 60_000 }).toEqual(new Set(['delivered']))
    const [{ eventId }] = await json('webhooks', 'list')
    const before = requests
    expect(await json('webhooks', 'replay', eventId)).toEqual({ replayed: 1 })
    await expect.poll(() => requests).toBeGreaterThan(before)
    receiver.close()
  })

  it('adds usage up per day and passes every ledger check', async () => {
    const { id } = await json('plan', 'show', 'ada')
    await api('POST', '/usage-events', {
      usageEvent: {
        subscriptionId: id,
        transactionId: 'tx',
        amount: 4,
        usageMeterSlug: 'image_generations',
      },
    })
    // Two days, so that the test also passes if midnight comes in between.
    expect(await json('usage', '--days', '2', '--customer', 'ada')).toMatchObject([
      { usageMeterSlug: 'image_generations', amount: 4, events: 1 },
    ])
    expect(await json('verify')).toEqual({ intact: true, violations: [] })
  })
})

describe('pnpm billing failures', { timeout }, () => {
  it('reports the code of a refusal', async () => {
    const { code, stderr } = await billing(['grant', 'ada', 'image_generation', '5', '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(stderr)).toMatchObject({
      code: 'NOT_FOUND',
      docs: 'errors#ledger-not-found',
    })
    expect(stderr).toContain('image_generations')
  })

  it('reports usage errors separately', async () => {
    const wrong = [['grant', 'ada', 'image_generations', 'many'], ['grand', 'ada'], ['balance']]
    const runs = await Promise.all(
      [...wrong, ['clock', 'advance', 'soon']].map((args) => billing(args)),
    )
    expect(runs.map(({ code }) => code)).toEqual([2, 2, 2, 2])
    for (const { stderr } of runs) expect(stderr).toContain('Guide: errors#cli-usage')
  })

  it('reports an unreachable backend separately', async () => {
    const BILLING_URL = `http://127.0.0.1:${await freePort()}`
    const { code, stderr } = await billing(['customers'], { BILLING_URL })
    expect({ code, stderr }).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(BILLING_URL),
    })
  })

  it('refuses only the dev controls of a production backend', async () => {
    const production = await start(true)
    const environment = { BILLING_URL: production.url }
    const runs = await Promise.all(
      [['clock'], ['clock', 'advance', '1d'], ['faults', '--down'], ['fail-next-payment']].map(
        (args) => billing([...args, '--json'], environment),
      ),
    )
    expect(runs.map(({ code }) => code)).toEqual([1, 1, 1, 1])
    for (const { stderr } of runs) expect(JSON.parse(stderr).code).toBe('FORBIDDEN')
    expect((await billing(['customers'], environment)).code).toBe(0)
    await production.close()
  })
})
