import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { beginRun } from './fixtures/begin-run.ts'
import { kindOf } from './fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'
import type { Metering } from './metering.ts'
import type { MeteringEvent } from './metering-event.ts'

let fixture: MeteringFixture
let metering: Metering
let events: MeteringEvent[] = []
beforeAll(async () => {
  fixture = await createMeteringFixture()
  metering = metered((event) => events.push(event))
})
afterEach(() => {
  fixture.backend.faults = {}
  events = []
})
afterAll(() => fixture.drop())

function metered(onEvent: (event: MeteringEvent) => void): Metering {
  return fixture.another({ refusalsMax: 1 }, { onEvent })
}

const procedure = 'images.generate'
const ended = (outcome: string) => ({ kind: 'operation', procedure, outcome })
const settled = { ...ended('settled'), milliseconds: expect.any(Number) }
const hold = { kind: 'hold', procedure }

describe('metering emits an event', () => {
  it('how every call ended, whichever way', async () => {
    const customer = newCustomer()
    const call = imageCall(customer)
    await metering.run(call, async () => 1)
    await metering.run(call, async () => 1)
    await kindOf(metering.run(imageCall(customer), () => Promise.reject(new Error('no paint'))))
    const much = imageCall(customer, { charges: [{ meter: 'image_generations', hold: 99 }] })
    await kindOf(metering.run(much, async () => 1))
    await kindOf(metering.run(imageCall(customer), async () => 1n))
    expect(events).toEqual([
      hold,
      settled,
      ended('replayed'),
      hold,
      ended('released'),
      ended('insufficient_credits'),
      hold,
      ended('RESULT_NOT_JSON'),
    ])
  })

  it('how a stream ended, once', async () => {
    const { chunks } = await metering.run(imageCall(newCustomer()), async function* () {
      yield 'one'
    })
    for await (const chunk of chunks) expect(chunk).toBeTruthy()
    expect(events).toEqual([hold, settled])
  })

  it('how many credits were used and not charged', async () => {
    await metering.run(imageCall(newCustomer(), { settle: 'reported' }), async ({ report }) =>
      report(15),
    )
    expect(events).toEqual([hold, { kind: 'overrun', procedure, credits: 5 }, settled])
  })

  it('what was quarantined for an operator', async () => {
    await metering.run(imageCall(newCustomer()), async () => 1)
    fixture.backend.faults = { event: () => 'refuse' }
    const before = (await metering.backlog()).quarantined
    await metering.drain()
    expect(events).toContainEqual({
      kind: 'delivery',
      outcome: 'refused',
      events: expect.any(Number),
    })
    expect(events).toContainEqual({ kind: 'quarantined', meter: 'image_generations' })
    expect((await metering.backlog()).quarantined).toBeGreaterThan(before)
  })

  it('what was delivered', async () => {
    await metering.run(imageCall(newCustomer()), async () => 1)
    await metering.drain()
    expect(events).toContainEqual({ kind: 'delivery', outcome: 'recorded', events: 1 })
  })

  it('whose process died', async () => {
    await beginRun(metering, imageCall(newCustomer()))
    await fixture.advance(36_000)
    await metering.sweep()
    expect(events).toContainEqual({ kind: 'expired', procedure, became: 'expired' })
  })

  it('and goes on when they fail', async () => {
    const failing = metered(() => {
      throw new Error('no figures today')
    })
    const { output } = await failing.run(imageCall(newCustomer()), async () => 'a picture')
    expect(output).toBe('a picture')
  })
})
