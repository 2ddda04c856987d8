import { hotPathSettings, openDatabase } from '@tollgate/database'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import { kindOf } from './fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'
import type { Metering } from './metering.ts'

let fixture: MeteringFixture
let metering: Metering
beforeAll(async () => {
  fixture = await createMeteringFixture()
  // Long enough for two attempts.
  metering = fixture.another({ commitLookupTimeoutMs: 30 })
})
afterEach(async () => {
  await fixture.database.query({
    text: 'drop trigger if exists refuse on metering.operation',
  })
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

/** Makes the database refuse to start or end operations from now on. */
async function refuse(change: 'insert' | 'update', code: string): Promise<void> {
  await fixture.database.query({
    text: `create or replace function metering.refuse() returns trigger language plpgsql as
      $$ begin raise exception 'not now' using errcode = '${code}'; end $$`,
  })
  await fixture.database.query({
    text: `create trigger refuse before ${change} on metering.operation
      for each row execute function metering.refuse()`,
  })
}

describe.each([
  ['the disk is full', '53100'],
  ['there is no memory', '53200'],
  ['a file cannot be read', '58030'],
  ['a standby has not been promoted yet', '25006'],
  ['a lock cannot be had', '55P03'],
])('a database that says that %s', (_what, code) => {
  it('refuses every call without running its work, and serves all of them again later', async () => {
    const call = imageCall(newCustomer())
    await refuse('insert', code)
    let runs = 0
    const work = async () => (runs += 1)
    expect(await kindOf(metering.run(call, work))).toBe('billing_unavailable')
    expect(runs).toBe(0)
    await fixture.database.query({ text: 'drop trigger refuse on metering.operation' })
    expect(await kindOf(metering.run(call, work))).toBe('answered')
  })

  it('withholds a result that could not be charged, and charges the same key once', async () => {
    const customer = newCustomer()
    const call = imageCall(customer)
    await metering.sync(customer)
    await refuse('update', code)
    expect(await kindOf(metering.run(call, async () => 1))).toBe('outcome_unknown')
    await fixture.database.query({ text: 'drop trigger refuse on metering.operation' })
    await fixture.advance(36_000)
    expect(await kindOf(metering.run(call, async () => 2))).toBe('answered')
    const [images] = (await metering.balances(customer)).filter(
      ({ meter }) => meter === 'image_generations',
    )
    expect(images).toMatchObject({ used: 1, held: 0 })
  })

  it('is reported as billing being unavailable, for reads too', async () => {
    await fixture.database.query({
      text: `create or replace function metering.read_history(p_bucket smallint, p_customer text, p_days integer) returns jsonb
        language plpgsql stable as $$ begin raise exception 'not now' using errcode = '${code}'; end $$`,
    })
    const { customerId } = newCustomer()
    expect(await kindOf(metering.history(customerId, { days: 1 }))).toBe('billing_unavailable')
  })
})

describe('a server without a connection to spare', () => {
  it('says so instead of waiting for one, and nothing is half done', async () => {
    const database = openDatabase({
      url: fixture.url,
      maxConnections: 1,
      settings: { ...hotPathSettings },
    })
    const busy = fixture.another({}, { database })
    const client = await database.pool.connect()
    const call = imageCall(newCustomer())
    expect(await kindOf(busy.run(call, async () => 1))).toBe('billing_unavailable')
    client.release()
    expect(await kindOf(busy.run(call, async () => 1))).toBe('answered')
    await busy.stop()
    await database.close()
  })
})
