import { hotPathSettings, openDatabase } from '@tollgate/database'
import { createTestDatabase } from '@tollgate/testing/database'
import { createPostgresProxy } from '@tollgate/testing/faults'
import { expect, it } from 'vitest'
import { createMetering } from './create-metering.ts'
import { createMemoryBackend } from './fixtures/memory-backend.ts'
import { newCustomer } from './fixtures/metering-fixture.ts'
import { METERING_MIGRATIONS } from './migrations.ts'

it('lets a customer go after a failed sync, even when the connection breaks at that moment', async () => {
  const { url, drop } = await createTestDatabase({
    template: 'metering',
    migrations: METERING_MIGRATIONS,
  })
  const proxy = await createPostgresProxy({ targetPort: Number(new URL(url).port) })
  const database = openDatabase({ url: proxy.through(url), settings: { ...hotPathSettings } })
  const backend = createMemoryBackend({ welcome: { api_calls: 100 } })
  const metering = createMetering({
    database,
    backend,
    secret: 'a secret of at least thirty-two characters',
    wayOut: () => ({ upgradeUrl: '/plans', actions: [] }),
  })
  let cuts = 0
  proxy.decide(({ text }) =>
    text.includes('metering.unclaim_customer(') && cuts++ === 0 ? { at: 'before' } : null,
  )
  const customer = newCustomer()
  backend.faults = { away: true }
  await expect(metering.sync(customer)).rejects.toMatchObject({ code: 'billing_unavailable' })
  expect(cuts).toBeGreaterThan(0)
  backend.faults = {}
  expect(await metering.sync(customer)).toMatchObject([
    {},
    { meter: 'api_calls', remaining: 100 },
    {},
  ])
  await metering.stop()
  await database.close()
  await proxy.close()
  await drop()
})
