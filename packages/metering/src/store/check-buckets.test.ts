import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMeteringFixture, type MeteringFixture } from '../fixtures/metering-fixture.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(() => fixture.drop())

describe('metering', () => {
  it('does not start with another number of buckets than its database owns', async () => {
    const metering = fixture.another({}, { bucketCount: 4 })
    await expect(metering.start()).rejects.toThrow('bucketCount 4, and its database owns bucket 0')
    await fixture.database.query({ text: 'insert into metering.bucket values (1), (2), (3)' })
    await metering.start()
    await metering.stop()
    await expect(fixture.metering.start()).rejects.toThrow('owns the buckets 0, 1, 2, 3')
  })
})
