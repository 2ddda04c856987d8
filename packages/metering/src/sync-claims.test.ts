import { catalog } from '@tollgate/contract/catalog'
import { type Database, hotPathSettings, openDatabase } from '@tollgate/database'
import { createTestDatabase } from '@tollgate/testing/database'
import { createPostgresProxy, type PostgresProxy } from '@tollgate/testing/faults'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMetering } from './create-metering.ts'
import { createFakeBackend } from '@tollgate/testing/fake-backend'
import { imageCall, newCustomer } from './fixtures/metering-fixture.ts'
import type { Metering } from './metering.ts'
import { METERING_MIGRATIONS } from './migrations.ts'

const backend = createFakeBackend({ welcome: { api_calls: 100 } })
let proxy: PostgresProxy
let database: Database
let metering: Metering
let drop: () => Promise<void>

beforeAll(async () => {
  const created = await createTestDatabase({
    template: 'metering',
    migrations: METERING_MIGRATIONS,
  })
  drop = created.drop
  proxy = await createPostgresProxy({ targetPort: Number(new URL(created.url).port) })
  const url = proxy.through(created.url)
  database = openDatabase({ url, settings: { ...hotPathSettings } })
  metering = createMetering({
    database,
    backend,
    catalog,
    secret: 'a secret of at least thirty-two characters',
  })
})
afterAll(async () => {
  await metering.stop()
  await database.close()
  await proxy.close()
  await drop()
})

/** Breaks the connection at the next such statement; the returned function says whether that happened. */
function cutOnce(statement: string, at: 'before' | 'acknowledgement'): () => boolean {
  let isCut = false
  proxy.decide(({ text }) => {
    if (isCut || !text.includes(statement)) return null
    isCut = true
    return { at }
  })
  return () => isCut
}

describe('a customer who is claimed for a sync', () => {
  it('is let go after a failed one, even when the connection breaks at that moment', async () => {
    const customer = newCustomer()
    const wasCut = cutOnce('metering.release_claim(', 'before')
    backend.faults = { failure: 'unreachable' }
    await expect(metering.sync(customer)).rejects.toMatchObject({ code: 'billing_unavailable' })
    expect(wasCut()).toBe(true)
    backend.faults = {}
    expect(await metering.sync(customer)).toContainEqual(
      expect.objectContaining({ meter: 'api_calls', remaining: 100 }),
    )
  })

  it('is found again by the claimant that lost the answer to its claim', async () => {
    const customer = newCustomer()
    const wasCut = cutOnce('metering.claim_customer(', 'acknowledgement')
    expect(await metering.sync(customer)).toContainEqual(
      expect.objectContaining({ meter: 'api_calls', remaining: 100 }),
    )
    expect(wasCut()).toBe(true)
  })
})

describe('a refusal of the backend', () => {
  it('answers for one sending, however often it is written down', async () => {
    const customer = newCustomer()
    const call = imageCall(customer, { charges: [{ meter: 'api_calls', hold: 1 }] })
    await metering.run(call, async () => 'done')
    backend.faults = { event: () => 'lose-answer' }
    await metering.drain()

    backend.faults = { event: () => 'refuse' }
    const wasCut = cutOnce('metering.record_deliveries(', 'acknowledgement')
    await expect(metering.sync(customer)).rejects.toMatchObject({ code: 'billing_unavailable' })
    expect(wasCut()).toBe(true)
    await expect(metering.sync(customer)).rejects.toMatchObject({ code: 'billing_unavailable' })

    backend.faults = {}
    expect(await metering.sync(customer)).toContainEqual(
      expect.objectContaining({ meter: 'api_calls', remaining: 99 }),
    )
  })
})
