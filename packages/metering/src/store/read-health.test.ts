import { afterAll, beforeAll, expect, it } from 'vitest'
import { beginRun } from '../fixtures/begin-run.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from '../fixtures/metering-fixture.ts'
import { DEFAULT_POLICY } from '../policy.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(() => fixture.drop())

it('reports how long the oldest operation has run and how many customers cannot be sold to', async () => {
  const metering = fixture.another({}, {})
  expect(await metering.health()).toEqual({ running: 0, oldestRunningMs: 0, staleCustomers: 0 })
  await metering.run(imageCall(newCustomer()), async () => 1)
  await beginRun(metering, imageCall(newCustomer()))
  expect(await metering.health()).toMatchObject({ running: 1, staleCustomers: 0 })
  await fixture.advance(DEFAULT_POLICY.staleAfterMs + 60_000)
  const health = await metering.health()
  expect(health).toMatchObject({ running: 1, staleCustomers: 1 })
  expect(health.oldestRunningMs).toBeGreaterThanOrEqual(DEFAULT_POLICY.staleAfterMs)
})
