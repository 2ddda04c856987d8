import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'
import { DEFAULT_POLICY } from './policy.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterEach(() => {
  fixture.backend.faults = {}
})
afterAll(() => fixture.drop())

/** Runs a relay whose pauses pass at once, until `done`; answers with how long it paused between its rounds. */
async function pausesOfRelay(done: (pauses: readonly number[]) => boolean): Promise<number[]> {
  const pauses: number[] = []
  const sleep = async (ms: number) => {
    if (ms !== DEFAULT_POLICY.sweepMs) pauses.push(ms)
    await fixture.advance(ms)
    await turn()
  }
  const metering = fixture.another({}, { sleep })
  await metering.start()
  await expect.poll(() => done(pauses), { timeout: 20_000 }).toBe(true)
  await metering.stop()
  return pauses
}

async function generate(count: number): Promise<void> {
  const customer = newCustomer()
  for (let made = 0; made < count; made += 1) {
    await fixture.metering.run(imageCall(customer), async () => 'a picture')
  }
}

describe('the pauses of the relay', () => {
  it('are never longer than half a minute, so that a backlog moves soon after the backend is back', async () => {
    await generate(1)
    fixture.backend.faults = { away: true }
    const pauses = await pausesOfRelay((so) => so.length >= 25)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30_000)
    expect(Math.max(...pauses)).toBeGreaterThan(DEFAULT_POLICY.backoffMs.first)
  })

  it('do not grow while part of what is sent arrives', async () => {
    await fixture.advance(600_000)
    await fixture.metering.drain()
    await generate(8)
    // The n-th event arrives at its n-th sending: every round delivers one and fails for the others.
    const sendings = new Map<string, number>()
    fixture.backend.faults = {
      event: ({ transactionId }) => {
        const known = [...sendings.keys()]
        const patience = known.includes(transactionId) ? known.indexOf(transactionId) : known.length
        const sent = (sendings.get(transactionId) ?? 0) + 1
        sendings.set(transactionId, sent)
        return sent > patience ? 'ok' : 'unavailable'
      },
    }
    const pauses = await pausesOfRelay(() => [...sendings.values()].some((sent) => sent >= 8))
    expect(Math.max(...pauses)).toBeLessThanOrEqual(DEFAULT_POLICY.backoffMs.first)
  })
})

describe('events that come in after a batch that was not full', () => {
  it('gather undisturbed, and go out together', async () => {
    await fixture.advance(600_000)
    await fixture.metering.drain()
    await generate(1)
    const batches: number[] = []
    const backend: MeteringFixture['backend'] = {
      ...fixture.backend,
      deliverUsage(deliveries, call) {
        batches.push(deliveries.length)
        return fixture.backend.deliverUsage(deliveries, call)
      },
    }
    const wakes: boolean[] = []
    const metering = fixture.another(
      {},
      {
        backend,
        async sleep(ms, signal) {
          if (ms === DEFAULT_POLICY.gatherMs && wakes.length === 0) {
            await generate(5)
            // As long as a notification takes, which would end the pause.
            await delay(ms, undefined, { signal }).catch(() => {})
            wakes.push(signal?.aborted ?? false)
          }
          await turn()
        },
      },
    )
    await metering.start()
    await expect.poll(() => batches, { timeout: 20_000 }).toEqual([1, 5])
    await metering.stop()
    expect(wakes).toEqual([false])
  })
})
