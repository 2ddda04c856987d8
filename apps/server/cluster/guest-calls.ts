import { randomUUID } from 'node:crypto'
import type { Guest } from '../fixtures/guest.ts'

/** Makes the hundred calls of each guest last for a whole test. */
const PAUSE_MS = 150
/** Retries longer than the lease of an operation that was interrupted by the backup and restored. */
const RETRIES_MAX = 90

/** A call that a guest received a response to. */
export type Acknowledged = {
  guest: Guest
  key: string
  operationId: string
  sentAt: number
  at: number
}

/** Lets every guest make calls until stopped; returns the acknowledged calls. */
export function startLoad(guests: readonly Guest[]) {
  let isOver = false
  const acknowledged: Acknowledged[] = []
  const calling = guests.map(async (guest) => {
    while (!isOver) {
      const call = await callOnce(guest, `op_${randomUUID()}`)
      if (call) acknowledged.push(call)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  })
  return {
    acknowledged,
    /** Waits until this many calls were acknowledged, however slow the machine is. */
    reached: (calls: number) =>
      untilCount(
        async () => acknowledged.length,
        (made) => made >= calls,
      ),
    async stop() {
      isOver = true
      await Promise.all(calling)
      return acknowledged
    },
  }
}

/** Repeats calls with their keys until each has a response; null for a call that never got one. */
export async function retryCalls(guests: readonly Guest[], calls: readonly Acknowledged[]) {
  const retried = guests.map(async (guest) => {
    const answers: (Acknowledged | null)[] = []
    for (const { key } of calls.filter(({ guest: { token } }) => token === guest.token)) {
      answers.push(await callUntilAnswered(guest, key))
    }
    return answers
  })
  return (await Promise.all(retried)).flat()
}

/** Waits for a count as long as it keeps changing; gives up when it has not changed for a minute. */
export async function untilCount(
  read: () => Promise<number>,
  isReached: (count: number) => boolean,
): Promise<void> {
  let count = await read()
  for (let tries = 0; tries < TRIES_MAX && !isReached(count); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    const before = count
    count = await read()
    if (count !== before) tries = 0
  }
  if (!isReached(count)) throw new Error(`It has stood at ${count} for a minute.`)
}

const POLL_MS = 200
const TRIES_MAX = 60_000 / POLL_MS

async function callUntilAnswered(guest: Guest, key: string): Promise<Acknowledged | null> {
  for (let tries = 0; tries < RETRIES_MAX; tries += 1) {
    const call = await callOnce(guest, key)
    if (call) return call
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  return null
}

/** Null if there was no response, or a refusal. */
async function callOnce(guest: Guest, key: string): Promise<Acknowledged | null> {
  const sentAt = performance.now()
  const answer = await guest
    .call('tools.qrCode', { text: `https://example.test/${key}` }, key)
    .catch(() => null)
  const operationId = answer?.status === 200 ? answer.headers.get('x-operation-id') : null
  return operationId ? { guest, key, operationId, sentAt, at: performance.now() } : null
}
