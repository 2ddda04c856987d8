import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Clock } from '@tollgate/contract'
import { PRICING_PATH } from '@tollgate/contract/product-pricing'
import { migrate } from '@tollgate/database'
import { createTestDatabase, type TestDatabase } from '@tollgate/testing/database'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type BillingServer, startBillingServer } from './http.ts'
import { MIGRATIONS } from './migrations.ts'
import { checkInvariants } from './check-invariants.ts'

/** Schema 0006, with data that a backend of that version wrote. */
const PREVIOUS = 6
const KEPT = new URL('testing/ledger-at-0006.sql', import.meta.url)
const KEPT_AT = new Date('2026-01-31T11:00:00Z')

let directory: string
let testDatabase: TestDatabase
let servers: BillingServer[]

beforeEach(async () => {
  servers = []
  directory = await mkdtemp(path.join(tmpdir(), 'ledger-migrations-'))
  const empty = path.join(directory, 'empty')
  await mkdir(empty)
  testDatabase = await createTestDatabase({ template: 'empty', migrations: empty })
})
afterEach(async () => {
  for (const server of servers) await server.close()
  await testDatabase.drop()
  await rm(directory, { recursive: true, force: true })
})

async function start(clock?: Clock): Promise<BillingServer> {
  const server = await startBillingServer({
    databaseUrl: testDatabase.url,
    port: 0,
    pricingPath: PRICING_PATH,
    apiKeyFile: path.join(directory, 'billing-api-key'),
    ...(clock && { clock }),
  })
  servers.push(server)
  return server
}

async function api<Body>(
  server: BillingServer,
  method: string,
  at: string,
  body?: unknown,
): Promise<Body> {
  const response = await fetch(`${server.url}/api/v1${at}`, {
    method,
    headers: { authorization: server.apiKey, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect(response.status).toBe(200)
  return JSON.parse(await response.text())
}

const balanceOf = async (server: BillingServer) => {
  const { usageMeterBalances } = await api<{
    usageMeterBalances: { slug: string; availableBalance: number }[]
  }>(server, 'GET', '/customers/ada/usage-balances')
  return usageMeterBalances.find(({ slug }) => slug === 'image_generations')?.availableBalance
}

it('migrates a database of an earlier schema with all its data', async () => {
  const previous = path.join(directory, 'previous')
  for (const file of (await readdir(MIGRATIONS)).toSorted().slice(0, PREVIOUS)) {
    await cp(fileURLToPath(new URL(file, MIGRATIONS)), path.join(previous, file))
  }
  await migrate(testDatabase.database, { directory: previous, name: 'ledger' })
  await testDatabase.database.query({ text: await readFile(KEPT, 'utf8') })

  const server = await start({ now: () => KEPT_AT })
  expect(await balanceOf(server)).toBe(56)
  const { currentSubscription } = await api<{ currentSubscription: { id: string } }>(
    server,
    'GET',
    '/customers/ada/billing',
  )
  const subscriptionId = currentSubscription.id
  const report = { amount: 4, subscriptionId, usageMeterSlug: 'image_generations' }
  for (const transactionId of ['before', 'after']) {
    await api(server, 'POST', '/usage-events', { usageEvent: { ...report, transactionId } })
  }
  expect(await balanceOf(server)).toBe(52)
  expect(await checkInvariants(testDatabase.database)).toEqual([])
})

it('keeps ids and the API key across a restart', async () => {
  const first = await start()
  await api(first, 'POST', '/customers', {
    customer: { externalId: 'ada', name: 'Ada', email: '' },
  })
  const before = await api<{ currentSubscription: { id: string }; pricingModel: object }>(
    first,
    'GET',
    '/customers/ada/billing',
  )
  const usageEvent = {
    amount: 4,
    subscriptionId: before.currentSubscription.id,
    transactionId: 'once',
    usageMeterSlug: 'image_generations',
  }
  await api(first, 'POST', '/usage-events', { usageEvent })
  await first.close()
  servers = []

  const second = await start()
  expect(second.apiKey).toBe(first.apiKey)
  const after = await api<typeof before>(second, 'GET', '/customers/ada/billing')
  expect(after.pricingModel).toEqual(before.pricingModel)
  await api(second, 'POST', '/usage-events', { usageEvent })
  expect(await balanceOf(second)).toBe(6)
  expect(await checkInvariants(testDatabase.database)).toEqual([])
})
