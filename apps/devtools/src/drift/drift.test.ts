import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  BillingBackendError,
  type CustomerId,
  customerId,
  type UsageReceipt,
} from '@tollgate/contract'
import { type Database, openDatabase } from '@tollgate/database'
import { loseUsageEvents } from '@tollgate/ledger/testing'
import {
  type Charge,
  type ChargeReader,
  createChargeReader,
  redeliverLost,
} from '@tollgate/metering/postgres'
import { forgetOperations } from '@tollgate/metering/testing'
import { buildCommand } from '@tollgate/testing/command'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { type DriftLine, loadSecrets, openFlowglad } from '@tollgate/server'
import {
  type BillingAdminClient,
  customerOf,
  type Guest,
  openBillingAdmin,
  signInAsGuest,
  startTestServer,
} from '@tollgate/server/testing'
import { reportDrift } from './report-drift.ts'

const TOKEN = 'the-token-of-the-scraper'
/** Allows for a slow machine; the awaited events otherwise occur within a second. */
const PATIENTLY = { timeout: 20_000 }

/** What happens to a delivery on its way to the backend. */
let deliver = (send: () => Promise<UsageReceipt[]>) => send()
const openBackend: typeof openFlowglad = (options) => {
  const backend = openFlowglad(options)
  return {
    ...backend,
    deliverUsage: (deliveries, call) => deliver(() => backend.deliverUsage(deliveries, call)),
  }
}

let server: Awaited<ReturnType<typeof startTestServer>>
let database: Database
let metering: ChargeReader
let admin: BillingAdminClient
beforeAll(async () => {
  server = await startTestServer(
    { METRICS_TOKEN: TOKEN, DRIFT_CHECK_MINUTES: '0.02' },
    { openBackend },
  )
  database = openDatabase({ url: server.config.databaseUrl ?? '', maxConnections: 1 })
  const { billingUrl, config } = server
  metering = createChargeReader({
    database,
    secret: loadSecrets(config.dataDirectory).transaction,
  })
  admin = openBillingAdmin({ url: billingUrl ?? '', dataDirectory: config.dataDirectory })
})
afterAll(async () => {
  await database.close()
  await server.close()
})

let guest: Guest
let customer: CustomerId
let charges: Charge[]
beforeEach(async () => {
  guest = await signInAsGuest(server.url)
  customer = customerId(await customerOf(server.url, guest))
  for (const text of ['one', 'two', 'three']) await guest.call('tools.qrCode', { text })
  charges = await vi.waitUntil(async () => {
    const delivered = await deliveredCharges()
    return delivered.length === 3 ? delivered : null
  }, PATIENTLY)
})
afterEach(async () => {
  deliver = (send) => send()
  await loseAtBackend(charges)
  await forgetInMetering(charges)
})

describe('a comparison of metering with the billing backend', { timeout: 120_000 }, () => {
  it('finds nothing while both agree', async () => {
    expect(await drift()).toEqual([])
  })

  it('names exactly the events that the backend lost, and delivers them again on request', async () => {
    const lost = charges.slice(1)
    expect(await loseAtBackend(lost)).toBe(2)
    const lines = await drift()
    expect(named(lines)).toEqual(idsOf(lost))
    expect(lines[0]).toEqual({
      kind: 'missing_at_backend',
      transactionId: lost[0]?.transactionId,
      customerId: customer,
      meter: 'api_calls',
      meteringAmount: 1,
      backendAmount: null,
      occurredAt: new Date(lost[0]?.occurredAt ?? 0).toISOString(),
    })
    await expect
      .poll(metrics, PATIENTLY)
      .toContain('tollgate_drift_usage_events{kind="missing_at_backend"} 2')

    expect(named(await drift({ redeliver: true }))).toEqual(idsOf(lost))
    expect(await drift()).toEqual([])
    await expect
      .poll(metrics, PATIENTLY)
      .toContain('tollgate_drift_usage_events{kind="missing_at_backend"} 0')
    expect(await usedAtBackend()).toBe(3)
    expect(await idsAtBackend()).toEqual(idsOf(charges))
  })

  it('names exactly the events that metering has forgotten, of a customer it still knows', async () => {
    const forgotten = charges.slice(1)
    await forgetInMetering(forgotten)
    const lines = await drift()
    expect(named(lines)).toEqual(idsOf(forgotten))
    expect(lines[0]).toMatchObject({
      kind: 'missing_in_metering',
      customerId: customer,
      meter: 'api_calls',
      meteringAmount: null,
      backendAmount: 1,
    })
    await expect
      .poll(metrics, PATIENTLY)
      .toContain('tollgate_drift_usage_events{kind="missing_in_metering"} 2')
  })

  it('names the events of a customer of whom metering has forgotten every charge', async () => {
    await forgetInMetering(charges)
    const lines = await drift()
    expect(named(lines)).toEqual(idsOf(charges))
  })

  it('names an event whose amount differs, with what each side has', async () => {
    const [first] = charges
    if (!first) throw new Error('There is a charge.')
    await loseAtBackend([first])
    await recordAtBackend({ ...first, amount: 5 })
    const lines = await drift()
    expect(lines).toMatchObject([
      {
        kind: 'different',
        transactionId: first.transactionId,
        meteringAmount: 1,
        backendAmount: 5,
      },
    ])
  })

  it('finds the same whatever the size of a page', async () => {
    const [first, second] = charges
    if (!first || !second) throw new Error('There are three charges.')
    await loseAtBackend([first])
    await forgetInMetering([second])
    for (const pageSize of [1, 2, 3]) {
      const found = await drift({ pageSize })
      expect(found.map(({ kind, transactionId }) => `${kind} ${transactionId}`).toSorted()).toEqual(
        [
          `missing_at_backend ${first.transactionId}`,
          `missing_in_metering ${second.transactionId}`,
        ],
      )
    }
  })

  it('recognizes charges by their operation after the secret of transaction ids was replaced', async () => {
    const reader = createChargeReader({
      database,
      secret: 'the secret after the leak, thirty-two characters',
    })
    expect(await drift({ reader })).toEqual([])
    const [lost] = charges
    if (!lost) throw new Error('There is a charge.')
    await loseAtBackend([lost])
    expect(await drift({ reader })).toMatchObject([{ kind: 'missing_at_backend' }])
  })

  it('recognizes a key that was retried after a restore, whose charge the backend had already', async () => {
    const key = `op_${randomUUID()}`
    await guest.call('tools.qrCode', { text: 'four' }, key)
    const [first] = await vi.waitUntil(async () => {
      const delivered = (await deliveredCharges()).slice(3)
      return delivered.length === 1 ? delivered : null
    }, PATIENTLY)
    if (!first) throw new Error('There is a fourth charge.')
    await forgetInMetering([first])
    await guest.call('tools.qrCode', { text: 'four' }, key)
    await vi.waitUntil(async () => (await deliveredCharges()).length === 4, PATIENTLY)
    expect((await deliveredCharges()).at(-1)?.transactionId).toBe(first.transactionId)
    for (const pageSize of [1, 100]) expect(await drift({ pageSize })).toEqual([])
  })

  it('does not take a key for drift that was retried after a restore and is still on its way', async () => {
    const key = `op_${randomUUID()}`
    await guest.call('tools.qrCode', { text: 'four' }, key)
    const [first] = await vi.waitUntil(async () => {
      const delivered = (await deliveredCharges()).slice(3)
      return delivered.length === 1 ? delivered : null
    }, PATIENTLY)
    if (!first) throw new Error('There is a fourth charge.')
    await forgetInMetering([first])
    deliver = () => Promise.reject(new BillingBackendError('unreachable', 'No answer.'))
    await guest.call('tools.qrCode', { text: 'four' }, key)
    for (const pageSize of [1, 100]) expect(await drift({ pageSize })).toEqual([])
  })

  it('does not look at usage before the given time', async () => {
    await loseAtBackend(charges)
    expect(await drift({ from: (charges.at(-1)?.occurredAt ?? 0) + 1 })).toEqual([])
  })

  it('does not take usage for drift that is still on its way to the backend', async () => {
    deliver = () => Promise.reject(new BillingBackendError('unreachable', 'No answer.'))
    await guest.call('tools.qrCode', { text: 'four' })
    expect(await drift()).toEqual([])
  })

  it('does not take usage for drift of which the backend’s answer was lost', async () => {
    let arrived = false
    deliver = async (send) => {
      await send()
      arrived = true
      throw new BillingBackendError('unreachable', 'The answer was lost.')
    }
    await guest.call('tools.qrCode', { text: 'four' })
    await expect.poll(() => arrived, PATIENTLY).toBe(true)
    expect(await drift()).toEqual([])
  })
})

describe('the gauges of drift', { timeout: 120_000 }, () => {
  it('disappear while the backend cannot be compared, and come back', async () => {
    await expect.poll(metrics, PATIENTLY).toContain('tollgate_drift_usage_events{')
    await admin.api('/dev/faults', z.unknown(), { down: true })
    try {
      await expect.poll(metrics, PATIENTLY).not.toMatch(/^tollgate_drift_/m)
    } finally {
      await admin.api('/dev/faults', z.unknown(), { down: false })
    }
    await expect.poll(metrics, PATIENTLY).toContain('tollgate_drift_usage_events{')
    expect(await metrics()).toMatch(/^tollgate_drift_last_check_timestamp_seconds 1\d{9}/m)
  })
})

describe('billing:admin drift', { timeout: 120_000 }, () => {
  it('exits with 0 while both sides agree, and with 1 and the events while they do not', async () => {
    expect(await command(environment())).toMatchObject({ code: 0, output: '' })
    await loseAtBackend(charges.slice(1))
    const { code, output } = await command(environment())
    expect(code).toBe(1)
    const lines = output
      .trim()
      .split('\n')
      .map((line) => lineSchema.parse(JSON.parse(line)))
    expect(named(lines)).toEqual(idsOf(charges.slice(1)))
  })

  it('exits with 2 when the backend cannot be asked', async () => {
    expect(await command({ ...environment(), BILLING_PORT: '1' })).toMatchObject({ code: 2 })
    const hosted = await command({ ...environment(), FLOWGLAD_SECRET_KEY: 'sk_test_made_up' })
    expect(hosted.code).toBe(2)
    expect(hosted.error).toContain('cannot list its usage events')
  })
})

const lineSchema = z.object({ transactionId: z.string() })

async function drift(
  options: { from?: number; pageSize?: number; redeliver?: boolean; reader?: ChargeReader } = {},
): Promise<DriftLine[]> {
  const apiKey = await readFile(join(server.config.dataDirectory, 'billing-api-key'), 'utf8')
  const backend = openFlowglad({ apiKey: apiKey.trim(), baseUrl: server.billingUrl ?? '' })
  const lines: DriftLine[] = []
  const { from = 0, pageSize, reader = metering } = options
  const author = { operator: 'ada', via: 'command', reason: 'a test' } as const
  await reportDrift({
    metering: reader,
    backend,
    time: { from, until: Date.now() + 1 },
    ...(pageSize ? { pageSize } : {}),
    redeliver: options.redeliver
      ? (lost) => redeliverLost({ database, backend, author }, lost)
      : null,
    onDrift: (line) => void lines.push(line),
  })
  return lines
}

async function command(
  env: Record<string, string>,
): Promise<{ code: number; output: string; error: string }> {
  const program = await buildCommand(join(import.meta.dirname, '../billing-admin.ts'))
  const args = [...program, 'drift', '--json']
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { env })
    return { code: 0, output: stdout, error: '' }
  } catch (error) {
    if (!(error instanceof Error) || !('stdout' in error) || !('stderr' in error)) throw error
    const code = 'code' in error ? Number(error.code) : Number.NaN
    return { code, output: String(error.stdout), error: String(error.stderr) }
  }
}

function environment(): Record<string, string> {
  const { databaseUrl, dataDirectory, billingPort } = server.config
  return {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: databaseUrl ?? '',
    DATA_DIR: dataDirectory,
    BILLING_PORT: String(billingPort),
  }
}

async function deliveredCharges(): Promise<Charge[]> {
  const all = { from: 0, until: Date.now() + 60_000, after: null, limit: 10 }
  const page = await metering.charges({ customerId: customer, ...all })
  return page.charges.filter(({ delivered }) => delivered)
}

function idsOf(some: readonly Charge[]): string[] {
  return some.map(({ transactionId }) => transactionId).toSorted()
}

function named(lines: readonly { transactionId: string }[]): string[] {
  return lines.map(({ transactionId }) => transactionId).toSorted()
}

function loseAtBackend(some: readonly Charge[]): Promise<number> {
  return loseUsageEvents(server.config.billingDatabaseUrl ?? '', idsOf(some))
}

function forgetInMetering(some: readonly Charge[]): Promise<void> {
  const operationIds = some.map(({ operationId }) => operationId)
  return forgetOperations(server.config.databaseUrl ?? '', operationIds)
}

async function recordAtBackend(charge: Charge): Promise<void> {
  const usageEvent = {
    subscriptionId: charge.subscriptionId,
    transactionId: charge.transactionId,
    usageMeterSlug: charge.meter,
    amount: charge.amount,
    usageDate: charge.occurredAt,
  }
  await admin.api('/usage-events', z.unknown(), { usageEvent })
}

const eventsSchema = z.object({ data: z.array(z.object({ transactionId: z.string() })) })

async function idsAtBackend(): Promise<string[]> {
  const { data } = await admin.api(`/customers/${customer}/usage-events`, eventsSchema)
  return named(data)
}

const balancesSchema = z.object({
  usageMeterBalances: z.array(
    z.object({ slug: z.string(), balanceLimit: z.number(), availableBalance: z.number() }),
  ),
})

async function usedAtBackend(): Promise<number> {
  const { usageMeterBalances } = await admin.api(
    `/customers/${customer}/usage-balances`,
    balancesSchema,
  )
  const calls = usageMeterBalances.find(({ slug }) => slug === 'api_calls')
  return (calls?.balanceLimit ?? 0) - (calls?.availableBalance ?? 0)
}

async function metrics(): Promise<string> {
  const response = await fetch(`${server.url}/metrics`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  })
  return response.text()
}
