import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'
import type { Codec } from './index.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(() => fixture.drop())

/** Preserves bigints, which JSON cannot represent. */
const codec: Codec = {
  serialize: (answer) => ({ digits: String(answer) }),
  deserialize: (kept) => BigInt(String(Reflect.get(Object(kept), 'digits'))),
}
const frames = 9_007_199_254_740_993n

describe('an answer that a codec keeps', () => {
  it('is returned as it was', async () => {
    const call = imageCall(newCustomer(), { codec })
    await fixture.metering.run(call, async () => frames)
    expect(await fixture.metering.run(call, async () => 0n)).toMatchObject({ output: frames })
  })

  it('is returned as it was when it is a stream, to those who read it and those who wait for all of it', async () => {
    const call = { ...imageCall(newCustomer(), { codec }), collect: true }
    const work = async function* () {
      yield frames
      yield 1n
    }
    const receipt = expect.objectContaining({ type: 'receipt' })
    for (const _time of ['worked', 'replayed']) {
      expect(await fixture.metering.run(call, work)).toMatchObject({
        output: [frames, 1n, receipt],
      })
    }
    const replay = await fixture.metering.run({ ...call, collect: false }, work)
    const read: unknown[] = []
    if ('chunks' in replay) for await (const chunk of replay.chunks) read.push(chunk)
    expect(read).toEqual([frames, 1n, receipt])
  })

  it('stays what it was when it was kept before there was a codec', async () => {
    const call = imageCall(newCustomer())
    await fixture.metering.run(call, async () => ({ digits: 1 }))
    const replay = await fixture.metering.run({ ...call, codec }, async () => 0n)
    expect(replay).toMatchObject({ output: { digits: 1 }, receipt: { replayed: true } })
  })

  it('is said to be gone, and is not charged again, when there is no codec any more', async () => {
    const customer = newCustomer()
    const call = imageCall(customer, { codec })
    await fixture.metering.run(call, async () => frames)
    const without = fixture.metering.run({ ...call, codec: null }, async () => 0)
    await expect(without).rejects.toMatchObject({ code: 'result_gone' })
    await fixture.metering.drain()
    expect(fixture.backend.availableOf(customer.customerId, 'image_generations')).toBe(9)
  })
})
