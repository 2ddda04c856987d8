import { catalog } from '@tollgate/contract/catalog'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AssembledMetering, assembleMetering } from '../assemble-metering.ts'
import { expectInvariants } from '../fixtures/expect-invariants.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  NEVER_MS,
  newCustomer,
} from '../fixtures/metering-fixture.ts'

const DAY_MS = 86_400_000

let fixture: MeteringFixture
let assembled: AssembledMetering
beforeAll(async () => {
  fixture = await createMeteringFixture()
  const { database, backend } = fixture
  assembled = assembleMetering({
    database,
    backend,
    catalog,
    secret: 'another secret of at least thirty-two characters',
    policy: { heartbeatMs: NEVER_MS },
  })
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

describe('forgetting', () => {
  it('drops a result three days after the end, and never the key of what was charged', async () => {
    const { metering, sweeper } = assembled
    const customer = newCustomer()
    const call = imageCall(customer)
    await metering.run(call, async () => 'the first')
    expect(await sweeper.purgeOnce()).toEqual({ results: 0, keys: 0, limits: 0 })
    await fixture.advance(3 * DAY_MS + 1)
    expect(await sweeper.purgeOnce()).toEqual({ results: 1, keys: 0, limits: 0 })
    await expect(metering.run(call, async () => 'again')).rejects.toMatchObject({
      code: 'result_gone',
    })
    await fixture.advance(400 * DAY_MS)
    expect(await sweeper.purgeOnce()).toEqual({ results: 0, keys: 0, limits: 0 })
    // The backend keeps its event forever, so reusing the key would be work that is not charged.
    await expect(metering.run(call, async () => 'again')).rejects.toMatchObject({
      code: 'result_gone',
    })
    expect((await metering.activity(customer.customerId, { limit: 10 })).items).toHaveLength(1)
  })

  it('drops the key of what was never charged thirty days after the end, not after the beginning', async () => {
    const { metering, sweeper } = assembled
    const customer = newCustomer()
    const call = imageCall(customer, { input: { prompt: 'one' } })
    const fail = () => metering.run(call, () => Promise.reject(new Error('no paint')))
    const otherwise = () =>
      metering.run({ ...call, input: { prompt: 'two' } }, async () => 'a new intent')
    await expect(fail()).rejects.toThrow('no paint')
    await fixture.advance(29 * DAY_MS)
    await expect(fail()).rejects.toThrow('no paint')
    await fixture.advance(2 * DAY_MS)
    expect(await sweeper.purgeOnce()).toEqual({ results: 0, keys: 0, limits: 0 })
    await expect(otherwise()).rejects.toMatchObject({ code: 'key_reused' })
    await fixture.advance(28 * DAY_MS)
    expect(await sweeper.purgeOnce()).toMatchObject({ keys: 1 })
    expect((await otherwise()).output).toBe('a new intent')
    expect((await metering.activity(customer.customerId, { limit: 10 })).items).toHaveLength(2)
  })

  it('keeps a key for thirty days from the end of its operation, however long that ran', async () => {
    const { metering, sweeper } = assembled
    const call = imageCall(newCustomer())
    await metering.run(call, async () => {
      await fixture.advance(29.9 * DAY_MS)
      return 'the first'
    })
    await fixture.advance(DAY_MS)
    await sweeper.purgeOnce()
    expect((await metering.run(call, async () => 'again')).output).toBe('the first')
  })

  it('discards a result that comes after its key was forgotten, and charges nothing', async () => {
    const { metering, sweeper } = assembled
    const customer = newCustomer()
    const late = metering.run(imageCall(customer), async () => {
      await fixture.advance(60_000)
      await sweeper.sweepOnce()
      await fixture.advance(30 * DAY_MS)
      await sweeper.purgeOnce()
      return 'too late'
    })
    await expect(late).rejects.toMatchObject({ code: 'hold_expired' })
    const balances = await metering.balances(customer)
    expect(balances.find(({ meter }) => meter === 'image_generations')?.remaining).toBe(10)
  })
})
