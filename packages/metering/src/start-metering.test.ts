import { catalog } from '@tollgate/contract/catalog'
import { createTestDatabase, type TestDatabase } from '@tollgate/testing/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeBackend } from '@tollgate/testing/fake-backend'
import { imageCall, newCustomer, SECRET } from './fixtures/metering-fixture.ts'
import { type Metering, startMetering } from './index.ts'

const backend = createFakeBackend({ welcome: { image_generations: 1 } })

let empty: TestDatabase
let metering: Metering
beforeAll(async () => {
  // A folder without migrations, so that the database is empty, as an adopter's is.
  const migrations = new URL('fixtures/', import.meta.url)
  empty = await createTestDatabase({ template: 'empty', migrations })
  metering = await startMetering({ catalog, backend, database: empty.url, secret: SECRET })
})
afterAll(async () => {
  await metering.stop()
  await empty.drop()
})

describe('startMetering', () => {
  it('brings an empty database up to date and sells over it', async () => {
    const customer = newCustomer()
    const { output } = await metering.run(imageCall(customer), async () => 'a picture')
    expect(output).toBe('a picture')
    await metering.drain()
    expect(backend.availableOf(customer.customerId, 'image_generations')).toBe(0)
    expect(await metering.sweep()).toBe(0)
  })

  it('starts on a database that another process has brought up to date', async () => {
    const other = await startMetering({ catalog, backend, database: empty.url, secret: SECRET })
    expect(await other.balances(newCustomer())).toHaveLength(3)
    await other.stop()
  })

  it("leaves planner settings to the database with plannerSettings: 'database'", async () => {
    for (const text of [
      'create table public.seen (who text, mode text)',
      `create function public.see() returns trigger language plpgsql as $$
         begin insert into public.seen values (new.customer_id, current_setting('plan_cache_mode')); return null; end $$`,
      'create trigger seen after insert on metering.customer for each row execute function public.see()',
    ])
      await empty.database.query({ text })
    const other = await startMetering({
      catalog,
      backend,
      database: empty.url,
      secret: SECRET,
      plannerSettings: 'database',
    })
    const [here, there] = [newCustomer(), newCustomer()]
    await metering.balances(here)
    await other.balances(there)
    await other.stop()
    expect(await empty.database.query({ text: 'select * from public.seen' })).toEqual([
      { who: here.customerId, mode: 'force_generic_plan' },
      { who: there.customerId, mode: 'auto' },
    ])
  })

  it('closes its database when it stops', async () => {
    const other = await startMetering({ catalog, backend, database: empty.url, secret: SECRET })
    await other.stop()
    await expect(other.balances(newCustomer())).rejects.toMatchObject({
      code: 'billing_unavailable',
    })
  })

  it('points a refused customer to the plans page by default', async () => {
    const plansUrl = 'https://films.example/buy'
    const other: Metering = await startMetering({
      catalog,
      backend,
      database: empty.url,
      secret: SECRET,
      plansUrl,
    })
    const two = imageCall(newCustomer(), { charges: [{ meter: 'image_generations', hold: 2 }] })
    await expect(other.run(two, async () => 1)).rejects.toMatchObject({
      billing: { upgradeUrl: plansUrl, actions: [{ type: 'plans', url: plansUrl }] },
    })
    await other.stop()
  })

  it.each(['', 'localhost', 'https://db.example', String(undefined)])(
    'says what to set when the address of the database is %j',
    async (database) => {
      const started = startMetering({ catalog, backend, database, secret: SECRET })
      await expect(started).rejects.toThrow('is DATABASE_URL set?')
    },
  )
})
