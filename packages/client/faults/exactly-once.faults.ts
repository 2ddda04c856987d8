import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTollgate } from '@tollgate/testing/tollgate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseIntent } from '../src/intents/intent.ts'
import { readLedger, readStoredResult } from './ledger.ts'
import { AFFORDED, type Click, hundredClicks } from './clicks.ts'
import { seed } from './config.ts'
import { createFaultSchedule } from './create-fault-schedule.ts'
import { fileStorage } from './file-storage.ts'
import { DELAY_MS, type NetworkBehavior, startFlakyNetwork } from './flaky-network.ts'
import { signInAsGuest } from './guest.ts'
import { startPhone } from './phone.ts'
import { dieBetweenRecordAndSend } from './start-dying-phone.ts'

const DAY_MS = 24 * 60 * 60 * 1000

let directory: string
let tollgate: Awaited<ReturnType<typeof startTollgate>>
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-network-'))
  tollgate = await startTollgate({
    dataDirectory: join(directory, 'data'),
    environment: { LOG_LEVEL: 'warn', BILLED_CALLS_PER_MINUTE: '100000' },
  })
  process.stdout.write(`seed ${seed()}\n`)
})
afterAll(async () => {
  await tollgate?.stop()
  await rm(directory, { recursive: true, force: true })
})

/** Two customers with a hundred clicks each, on separate devices. */
async function twoPeople(fault: string) {
  return Promise.all(
    ['one', 'two'].map(async (name) => ({
      name,
      guest: await signInAsGuest(tollgate.url),
      device: join(directory, `${fault}-${name}`),
      storage: fileStorage(join(directory, `${fault}-${name}`)),
      clicks: hundredClicks(`${fault} ${name}`),
      results: new Map<string, unknown>(),
    })),
  )
}

type Person = Awaited<ReturnType<typeof twoPeople>>[number]

/** Every click has one charge and one result, which is the one that the server has stored. */
async function expectOneChargeEach(person: Person, keys: Map<string, Click>): Promise<void> {
  const { guest, results, clicks } = person
  expect(keys.size).toBe(clicks.length)
  expect(results.size).toBe(clicks.length)
  const ledger = await readLedger(tollgate.url, guest)
  expect(ledger).toMatchObject({ charged: clicks.length, held: 0 })
  expect(ledger.used).toMatchObject({
    api_calls: AFFORDED['tools.qrCode'],
    image_generations: AFFORDED['images.generate'],
  })
  for (const [key, click] of keys) {
    const stored = await readStoredResult(tollgate.url, guest, { ...click, key })
    expect(results.get(key)).toEqual(stored)
  }
  // Asking again charged nothing.
  expect(await readLedger(tollgate.url, guest)).toEqual(ledger)
}

/** Watches the device's storage, so that a test learns each click's key without asking the code under test. */
function watchKeys(storage: ReturnType<typeof fileStorage>) {
  const keys = new Map<string, Click>()
  return {
    keys,
    storage: {
      ...storage,
      setItem(name: string, value: string) {
        storage.setItem(name, value)
        const intent = parseIntent(value)
        if (intent) keys.set(intent.key, Object.assign({ path: intent.path, input: intent.input }))
      },
    },
  }
}

describe.sequential('two hundred clicks, each charged once, when the network', () => {
  it.each([
    ['drop', 'loses the answer after the charge'],
    ['reset', 'breaks the connection on the way'],
    ['delay', 'answers after the phone has given up'],
    ['duplicate', 'delivers every call twice'],
    ['cut', 'breaks off in the middle of the answer'],
  ] as const)('%s: %s', async (fault, _what) => {
    const startedAt = performance.now()
    const network = await startFlakyNetwork({
      target: tollgate.url,
      behaviorFor: createFaultSchedule(seed(), fault),
    })
    try {
      const people = await twoPeople(fault)
      await Promise.all(
        people.map(async (person, position) => {
          const { keys, storage } = watchKeys(person.storage)
          const phone = startPhone({
            url: network.url,
            guest: person.guest,
            storage,
            results: person.results,
            // One customer's app retries immediately, the other's leaves it to the replay.
            retry: position === 0,
            ...(fault === 'delay' ? { patienceMs: DELAY_MS / 2 } : {}),
          })
          await phone.press(person.clicks)
          await phone.resumeUntilDone()
          await expectOneChargeEach(person, keys)
        }),
      )
      tell(fault, network.counts, startedAt)
      expect(network.counts[fault]).toBeGreaterThanOrEqual(100)
    } finally {
      await network.close()
    }
  })

  it('offline: is gone for a day, in the middle of everything', async () => {
    const startedAt = performance.now()
    let behavior: NetworkBehavior = 'pass'
    const network = await startFlakyNetwork({ target: tollgate.url, behaviorFor: () => behavior })
    try {
      const people = await twoPeople('offline')
      for (const person of people) {
        let now = Date.now()
        const { keys, storage } = watchKeys(person.storage)
        const start = () =>
          startPhone({
            url: network.url,
            guest: person.guest,
            storage,
            results: person.results,
            now: () => now,
            retry: false,
          })
        // A third completes, a third loses its answer as the network goes down, the rest is clicked offline.
        const phone = start()
        await phone.press(person.clicks.slice(0, 33))
        behavior = 'drop'
        await phone.press(person.clicks.slice(33, 66))
        behavior = 'offline'
        await phone.press(person.clicks.slice(66))
        now += DAY_MS / 2
        expect(await start().resume()).toBe(67)
        now += DAY_MS / 2 - 60_000
        behavior = 'pass'
        await start().resumeUntilDone()
        await expectOneChargeEach(person, keys)
      }
      tell('offline', network.counts, startedAt)
    } finally {
      await network.close()
    }
  })

  it('kill: lives, but the program is killed between record and send, and in mid-call', async () => {
    const startedAt = performance.now()
    const people = await twoPeople('kill')
    const kills = await Promise.all(
      people.map(async (person) => {
        const died = await dieBetweenRecordAndSend({
          url: tollgate.url,
          guest: person.guest,
          device: person.device,
          name: `kill ${person.name}`,
        })
        const { keys, storage } = watchKeys(person.storage)
        const phone = startPhone({
          url: tollgate.url,
          guest: person.guest,
          storage,
          results: person.results,
        })
        await phone.resumeUntilDone()
        await expectOneChargeEach(person, keys)
        return died
      }),
    )
    tell('kill', { kills: kills.reduce((sum, died) => sum + died, 0) }, startedAt)
    expect(kills).toEqual([10, 10])
  })
})

function tell(fault: string, counts: Record<string, number>, startedAt: number): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const figures = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
  process.stdout.write(`${fault}: 200 clicks, 200 charges (${figures}) in ${seconds} s\n`)
}
