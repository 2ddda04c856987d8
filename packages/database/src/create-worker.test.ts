import { silentLogger } from '@tollgate/contract'
import { expect, test } from 'vitest'
import { createWorker, type Sleep } from './create-worker.ts'

/** Records every wait and ends it only when its signal is aborted. */
function recordedSleep(): { waits: number[]; sleep: Sleep } {
  const waits: number[] = []
  const sleep: Sleep = (ms, signal) =>
    new Promise((resolve) => {
      waits.push(ms)
      if (signal?.aborted) resolve()
      signal?.addEventListener('abort', () => resolve(), { once: true })
    })
  return { waits, sleep }
}

function tested(pauses: (number | undefined)[], waitsFirst = false) {
  const { waits, sleep } = recordedSleep()
  let rounds = 0
  const errors: unknown[] = []
  const worker = createWorker({
    name: 'test worker',
    logger: { ...silentLogger, warn: ({ error }) => errors.push(error) },
    waitsFirst,
    async round() {
      rounds += 1
      if (pauses.length === 0) throw new Error('Nothing is left to do.')
      return pauses.shift()
    },
    intervalMs: 1000,
    sleep,
  })
  return { worker, waits, errors, rounds: () => rounds }
}

test('a worker goes on at once after a pause of 0, and waits its interval after a round without one', async () => {
  const { worker, waits, rounds } = tested([0, 0, undefined])
  worker.start()
  await expect.poll(rounds).toBe(3)
  expect(waits).toEqual([1000])
  await worker.stop()
})

test('a worker begins the next round when it is woken', async () => {
  const { worker, waits, rounds } = tested([undefined, undefined])
  worker.start()
  await expect.poll(() => waits.length).toBe(1)
  worker.wake()
  await expect.poll(rounds).toBe(2)
  await worker.stop()
})

test('a worker is not woken from a pause', async () => {
  const { worker, waits, rounds } = tested([50, undefined])
  worker.start()
  await expect.poll(() => waits.length).toBe(1)
  worker.wake()
  await new Promise((resolve) => setImmediate(resolve))
  expect(rounds()).toBe(1)
  await worker.stop()
})

test('a worker reports a round that throws, and goes on after its interval', async () => {
  const { worker, waits, errors } = tested([])
  worker.start()
  await expect.poll(() => waits).toEqual([1000])
  worker.wake()
  await expect.poll(() => errors.length).toBe(2)
  await worker.stop()
})

test('a worker that was stopped can be started again', async () => {
  const { worker, rounds } = tested([undefined, undefined])
  worker.start()
  await worker.stop()
  expect(rounds()).toBe(1)
  worker.start()
  await expect.poll(rounds).toBe(2)
  await worker.stop()
})

test('a worker that waits first begins its first round when it is woken', async () => {
  const { worker, waits, rounds } = tested([undefined], true)
  worker.start()
  await expect.poll(() => waits).toEqual([1000])
  expect(rounds()).toBe(0)
  worker.wake()
  await expect.poll(rounds).toBe(1)
  await worker.stop()
})
