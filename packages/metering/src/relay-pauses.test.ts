import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'
import type { Metering } from './metering.ts'
import { DEFAULT_POLICY } from './policy.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterEach(() => {
  fixture.backend.faults = {}
})
afterAll(() => fixture.drop())

/** Runs a relay whose pauses take no time, until `done`; returns the pauses between its rounds. */
async function pausesOfRelay(done: (pauses: readonly number[]) => boolean): Promise<number[]> {
  const { pauses, metering } = await startRelay()
  await expect.poll(() => done(pauses), { timeout: 20_000 }).toBe(true)
  await metering.stop()
  return pauses
}

async function startRelay(): Promise<{ pauses: number[]; metering: Metering }> {
  const pauses: number[] = []
  const sleep = async (ms: number) => {
    if (ms !== DEFAULT_POLICY.sweepMs) pauses.push(ms)
    await fixture.advance(ms)
    await turn()
  }
  const metering = fixture.another({}, { sleep })
  await metering.start()
  return { pauses, metering }
}

async function generate(count: number, customer = newCustomer()): Promise<void> {
  for (let made = 0; made < count; made += 1) {
    await fixture.metering.run(imageCall(customer), async () => 'a picture')
  }
}

describe('the pauses of the relay', () => {
  it('are never longer than half a minute, so that a backlog moves soon after the backend is back', async () => {
    await generate(1)
    fixture.backend.faults = { failure: 'unreachable' }
    const pauses = await pausesOfRelay((so) => so.length >= 25)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30_000)
    expect(Math.max(...pauses)).toBeGreaterThan(DEFAULT_POLICY.backoffMs.first)
  })

  it('do not grow while part of what is sent arrives', async () => {
    await fixture.advance(600_000)
    await fixture.metering.drain()
    await generate(8)
    // The n-th event is accepted at its n-th attempt: every round delivers one and fails for the others.
    const attempts = new Map<string, number>()
    fixture.backend.faults = {
      event: ({ transactionId }) => {
        const known = [...attempts.keys()]
        const patience = known.includes(transactionId) ? known.indexOf(transactionId) : known.length
        const sent = (attempts.get(transactionId) ?? 0) + 1
        attempts.set(transactionId, sent)
        return sent > patience ? 'ok' : 'unavailable'
      },
    }
    const pauses = await pausesOfRelay(() => [...attempts.values()].some((sent) => sent >= 8))
    expect(Math.max(...pauses)).toBeLessThanOrEqual(DEFAULT_POLICY.backoffMs.first)
  })
})

describe('one event that the backend never takes', () => {
  it('is tried again by itself, and no longer has the others wait once they show that the backend is there', async () => {
    await fixture.advance(600_000)
    await fixture.metering.drain()
    const [poisoned, other] = [newCustomer(), newCustomer()]
    await generate(1, poisoned)
    const sent = new Map<string, number>()
    fixture.backend.faults = {
      event: ({ customerId }) => {
        sent.set(customerId, (sent.get(customerId) ?? 0) + 1)
        return customerId === poisoned.customerId ? 'unavailable' : 'ok'
      },
    }
    const { pauses, metering } = await startRelay()
    const attemptsOf = ({ customerId }: typeof other) => sent.get(customerId) ?? 0
    await expect.poll(() => attemptsOf(poisoned), { timeout: 20_000 }).toBeGreaterThan(6)
    await generate(1, other)
    // Twice if it was first sent together with the other one.
    await expect.poll(() => attemptsOf(other), { timeout: 20_000 }).toBeGreaterThan(0)
    const [paused, tried] = [pauses.length, attemptsOf(poisoned)]
    await expect.poll(() => attemptsOf(poisoned), { timeout: 20_000 }).toBeGreaterThan(tried + 6)
    await metering.stop()
    // The first two may belong to the round that delivered the other one.
    expect(Math.max(...pauses.slice(paused + 2))).toBeLessThanOrEqual(DEFAULT_POLICY.relayMs)
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
          if (ms === DEFAULT_POLICY.batchDelayMs && wakes.length === 0) {
            await generate(5)
            // Long enough for a notification, which would end the pause.
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
