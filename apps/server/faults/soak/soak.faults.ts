import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { faultRuns, faultSeed, seededRandom } from '@tollgate/testing/faults'
import { processesWith } from '@tollgate/testing/processes-with'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { customerOf, type Guest, signInGuests } from '../../fixtures/guest.ts'
import { percentile, say } from '../say.ts'
import { type MixedLoad, startMixedLoad } from './mixed-load.ts'
import { startSoakServer } from './start-soak-server.ts'
import { watchMemory } from './watch-memory.ts'

const SECONDS = 180
const STOPS = 20
const STREAMS = 50
/** Each may have eight streams. */
const GUESTS = 10
const STOP_MS_MAX = 2000
/** Compiled code and pools still grow by this much in the third minute. */
const GROWTH_MB_MAX = 10
const SETTLE_MS_MAX = 60_000

describe('a server under mixed load', () => {
  const random = seededRandom(faultSeed())
  let server: Awaited<ReturnType<typeof startSoakServer>>
  let guests: Guest[]
  let load: MixedLoad

  beforeAll(async () => {
    server = await startSoakServer()
    guests = await signInGuests(server.url, GUESTS)
    const key = await readFile(path.join(server.dataDirectory, 'billing-api-key'), 'utf8')
    for (const guest of guests) await grantCredits(guest, key.trim())
    load = startMixedLoad({ url: server.url, guests, streams: STREAMS, random })
  })
  afterAll(async () => {
    await load?.stop()
    await server?.stop()
  })

  async function grantCredits(guest: Guest, authorization: string): Promise<void> {
    await guest.read('billing.balance')
    const customer = await customerOf(server.url, guest)
    for (const usageMeterSlug of ['api_calls', 'ai_tokens']) {
      const answer = await fetch(`${server.billingUrl}/api/v1/customers/${customer}/grants`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ grant: { usageMeterSlug, amount: 10_000_000, name: 'Soak' } }),
      })
      expect(answer.status).toBe(200)
    }
    await guest.call('billing.refresh', null)
  }

  /** Under load, with all streams open and calls succeeding. */
  async function untilBusy(): Promise<void> {
    const { plain, streaming } = load.answered()
    await expect
      .poll(
        () =>
          load.openStreams() === STREAMS &&
          load.answered().plain > plain &&
          load.answered().streaming > streaming,
        { timeout: SETTLE_MS_MAX },
      )
      .toBe(true)
  }

  const seconds = faultRuns(SECONDS)
  it(`takes no more memory in the last third of ${seconds} seconds than in the one before, and breaks no call`, async () => {
    await untilBusy()
    const memory = await watchMemory(server.process().pid, seconds * 1000)
    const at = (share: number) =>
      Math.round(memory.megabytes[Math.floor((memory.megabytes.length - 1) * share)] ?? 0)
    say(`soak: calls: ${JSON.stringify(load.answered())}`)
    say(
      `soak: MB at begin, half, end: ${at(0)}, ${at(0.5)}, ${at(1)}; least of the last third ${memory.growthMegabytes.toFixed(1)} MB above that of the third before (at most ${GROWTH_MB_MAX})`,
    )
    expect(load.failures()).toEqual([])
    expect(memory.growthMegabytes).toBeLessThanOrEqual(GROWTH_MB_MAX)
  })

  it(`stops ${STOPS} times with ${STREAMS} open streams: at once, without breaking a call or leaving a process`, async () => {
    const times: number[] = []
    for (let stop = 0; stop < STOPS; stop++) {
      await untilBusy()
      await delay(random.below(500))
      const running = server.process()
      const startedAt = performance.now()
      await running.stop()
      times.push(Math.round(performance.now() - startedAt))
      expect(await running.ended, running.output()).toBe('0')
      // The database's watchdog exits once it notices that its process is gone.
      await expect.poll(() => processesWith(server.dataDirectory), { timeout: 5000 }).toEqual([])
      await server.startAgain()
    }
    await untilBusy()
    say(`soak: calls: ${JSON.stringify(load.answered())}`)
    say(
      `soak: stops: ${times.join(', ')} ms; median ${percentile(times, 0.5)}, slowest ${Math.max(...times)} (at most ${STOP_MS_MAX})`,
    )
    expect(load.failures()).toEqual([])
    expect(Math.max(...times)).toBeLessThanOrEqual(STOP_MS_MAX)
  })

  it('has charged every answered call once, and holds nothing', async () => {
    await load.stop()
    const { plain } = load.answered()
    const balances: Meter[] = []
    for (const guest of guests) {
      const { body } = await guest.read('billing.balance')
      balances.push(...balanceSchema.parse(body).result.data.balances)
    }
    const calls = balances.filter(({ meter }) => meter === 'api_calls')
    expect(calls.reduce((sum, { used }) => sum + used, 0)).toBe(plain)
    expect(balances.filter(({ held }) => held > 0)).toEqual([])
  })
})

type Meter = z.output<typeof meterSchema>
const meterSchema = z.object({ meter: z.string(), used: z.number(), held: z.number() })
const balanceSchema = z.object({
  result: z.object({ data: z.object({ balances: z.array(meterSchema) }) }),
})
