import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginRun } from '../fixtures/begin-run.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from '../fixtures/metering-fixture.ts'
import { checkInvariants } from './check-invariants.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(() => fixture.drop())

const broken = async () =>
  (await checkInvariants(fixture.database)).map(({ invariant }) => invariant.id)

const query = (text: string) => fixture.database.query({ text })

describe('checkInvariants', () => {
  it('finds an event that the backend has not taken for an hour', async () => {
    await fixture.metering.run(imageCall(newCustomer()), async () => 1)
    expect(await broken()).toEqual([])
    await fixture.advance(3_600_001)
    expect(await broken()).toEqual(['I20b'])
    await fixture.metering.drain()
    expect(await broken()).toEqual([])
  })

  it('finds a guard that was disabled, and what was done meanwhile', async () => {
    await fixture.metering.run(imageCall(newCustomer()), async () => 1)
    await query('alter table metering.outbox disable trigger guard_outbox')
    expect(await broken()).toEqual(['I15'])
    await query('update metering.outbox set amount = amount + 1')
    await query('alter table metering.outbox enable trigger guard_outbox')
    expect(await broken()).toEqual(['I4', 'I5'])
  })

  it('finds a hold that cannot be ended', async () => {
    const customer = newCustomer()
    await beginRun(fixture.metering, imageCall(customer))
    await fixture.advance(200_000)
    expect(await broken()).toContain('I20')
  })
})
