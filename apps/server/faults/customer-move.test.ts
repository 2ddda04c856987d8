import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BillingBackend, type BillingCustomer, customerId } from '@tollgate/contract'
import { type Database, ensureDatabase, openDatabase } from '@tollgate/database'
import { checkInvariants } from '@tollgate/ledger'
import { testPostgresUrl } from '@tollgate/testing/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFlowglad } from '../src/flowglad.server.ts'
import { payAt } from '../fixtures/billing-admin-client.ts'
import {
  type BillingBackend as BillingProcess,
  startBillingBackend,
} from './start-billing-backend.ts'

/** At how many points of a move, spread from its first statement to its last, the process is killed. */
const KILLS = 6
const IMAGES = 'image_generations'

let directory: string
let billing: BillingProcess & { stop(): Promise<void> }
let database: Database
let port: Required<Pick<BillingBackend, 'moveCustomer'>> & BillingBackend

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'tollgate-move-'))
  const name = `move_${randomUUID().replaceAll('-', '')}`
  await ensureDatabase({ url: testPostgresUrl(), name })
  const databaseUrl = new URL(`/${name}`, testPostgresUrl()).href
  database = openDatabase({ url: databaseUrl, maxConnections: 1 })
  billing = await startBillingBackend({ databaseUrl, dataDirectory: directory })
  const policy = { deadlineMs: 20_000, changeDeadlineMs: 20_000, failuresToOpen: 1000 }
  const { url: baseUrl, apiKey } = billing
  const backend = openFlowglad({ apiKey, baseUrl, policy })
  if (!backend.moveCustomer) throw new Error('The self-hosted backend can move customers.')
  port = { ...backend, moveCustomer: backend.moveCustomer }
}, 120_000)
afterAll(async () => {
  await database.close()
  await billing.stop()
  await rm(directory, { recursive: true, force: true })
})

describe('a move through the SDK, over HTTP', () => {
  it('brings top-up and payment to a customer that is made for it, once per key', async () => {
    const [guest, account] = [await buyer(), newCustomer()]
    const key = randomUUID()
    await port.moveCustomer(guest, account, key)
    expect(await imagesOf(account)).toBe(60)
    expect(await port.customerHoldings(account)).toMatchObject({
      payments: 1,
      lastingCredits: [{ meter: IMAGES, amount: 50 }],
    })
    expect(await port.customerHoldings(guest)).toMatchObject({ payments: 0, lastingCredits: [] })

    await port.moveCustomer(guest, account, key)
    expect(await imagesOf(account)).toBe(60)
    await expect(port.moveCustomer(account, guest, key)).rejects.toMatchObject({ code: 'refused' })
    expect(await imagesOf(account)).toBe(60)
  })

  it('of a customer that was never seen moves nothing and is no error', async () => {
    const [unknown, account] = [newCustomer(), newCustomer()]
    await port.moveCustomer(unknown, account, randomUUID())
    expect(await imagesOf(account)).toBe(10)
  })

  it('brings a checkout along that is paid later', async () => {
    const [guest, account] = [newCustomer(), newCustomer()]
    const page = await openCheckout(guest)
    expect(await port.customerHoldings(guest)).toMatchObject({ openCheckouts: 1 })
    await port.moveCustomer(guest, account, randomUUID())
    await payAt(page)
    expect(await imagesOf(account)).toBe(60)
    expect(await imagesOf(guest)).toBe(10)
  })
})

describe('a backend that is killed in the middle of a move', () => {
  it(
    'has moved nothing or everything, and everything after a repeat with the same key',
    { timeout: 300_000 },
    async () => {
      const statements = await countStatements()
      const seen = new Set<string>()
      for (let kill = 0; kill <= KILLS; kill++) {
        const at = Math.max(1, Math.round((statements * kill) / KILLS))
        seen.add(await killAt(at, kill === KILLS ? 'acknowledgement' : 'before'))
      }
      // Only a commit moves anything, and both outcomes occurred.
      expect(seen).toEqual(new Set(['nothing', 'everything']))
      expect(await checkInvariants(database)).toEqual([])
    },
  )
})

/** Kills the process at a statement of a move; returns what had been moved once it is back. */
async function killAt(statement: number, at: 'before' | 'acknowledgement'): Promise<string> {
  const [guest, account] = [await buyer(), newCustomer()]
  await port.readCustomer(account)
  const key = randomUUID()
  let passed = 0
  let isWritten = false
  billing.postgres.decide(({ text }) => {
    passed += 1
    isWritten ||= /insert into "?customer_move/u.test(text)
    const isHere = at === 'before' ? passed === statement : isWritten && /^commit/iu.test(text)
    return isHere ? { at, strike: billing.process.strike } : null
  })
  await expect(port.moveCustomer(guest, account, key)).rejects.toMatchObject({
    code: 'unreachable',
  })
  billing.postgres.decide(() => null)
  await billing.process.ended
  await billing.restart()

  const moved = { guest: await imagesOf(guest), account: await imagesOf(account) }
  expect([
    { guest: 60, account: 10 },
    { guest: 10, account: 60 },
  ]).toContainEqual(moved)
  await port.moveCustomer(guest, account, key)
  expect([await imagesOf(guest), await imagesOf(account)]).toEqual([10, 60])
  return moved.account === 60 ? 'everything' : 'nothing'
}

async function countStatements(): Promise<number> {
  const [guest, account] = [await buyer(), newCustomer()]
  await port.readCustomer(account)
  let passed = 0
  billing.postgres.decide(() => {
    passed += 1
    return null
  })
  await port.moveCustomer(guest, account, randomUUID())
  billing.postgres.decide(() => null)
  return passed
}

function newCustomer(): BillingCustomer {
  return { customerId: customerId(`cus_${randomUUID()}`), name: 'Ada', email: 'ada@example.com' }
}

/** A customer with a top-up of 50 images in addition to the 10 of the free plan. */
async function buyer(): Promise<BillingCustomer> {
  const customer = newCustomer()
  await payAt(await openCheckout(customer))
  expect(await imagesOf(customer)).toBe(60)
  return customer
}

async function openCheckout(customer: BillingCustomer): Promise<string> {
  const [successUrl, cancelUrl] = ['http://127.0.0.1/done', 'http://127.0.0.1/']
  const order = { customer, priceSlug: 'images_topup_50', successUrl, cancelUrl } as const
  return (await port.openCheckout(order)).url
}

async function imagesOf(customer: BillingCustomer): Promise<number> {
  const { meters } = await port.readCustomer(customer)
  return meters.find(({ meter }) => meter === IMAGES)?.available ?? 0
}
