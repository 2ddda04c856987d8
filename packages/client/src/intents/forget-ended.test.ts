import { RESULT_KEPT_MS } from '@tollgate/contract'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connect } from '../fixtures/connect.ts'
import { startExampleServer } from '../fixtures/example-server.ts'
import { createIntentStore } from './create-intent-store.ts'
import { forgetEnded } from './forget-ended.ts'
import { memoryIntentStorage } from './intent-storage.ts'

let server: Awaited<ReturnType<typeof startExampleServer>>
beforeEach(async () => {
  server = await startExampleServer()
})
afterEach(() => server.stop())

const CLICKED_AT = Date.parse('2026-11-22T12:00:00Z')

/** What is left of an intent that was sent at that time, after the server was asked about it. */
async function left(after: { ms: number; state: string | null; endedMs?: number }) {
  const storage = memoryIntentStorage()
  const clicked = createIntentStore({ storage, owner: 'cus_one', now: () => CLICKED_AT })
  const key = clicked.keyFor('images.generate', { prompt: 'a fox' })
  clicked.markSent(key)
  const endedAt =
    after.endedMs === undefined ? null : new Date(CLICKED_AT + after.endedMs).toISOString()
  if (after.state) server.billing.states.set(key, { state: after.state, endedAt })
  return forgetEnded({
    tollgate: connect({
      url: server.url,
      retry: false,
      intents: createIntentStore({ storage, owner: 'cus_one' }),
    }),
    now: () => CLICKED_AT + after.ms,
  })
}

const OLD = RESULT_KEPT_MS + 60_000

it('keeps an open click for as long as its result may be waiting, without asking the server', async () => {
  expect(await left({ ms: RESULT_KEPT_MS, state: 'voided' })).toBe(1)
  expect(server.billing.requests).toEqual([])
})

it.each(['voided', 'expired', null])(
  'forgets an old click that ended uncharged (%s)',
  async (state) => {
    expect(await left({ ms: OLD, state, endedMs: 10 })).toBe(0)
  },
)

it('forgets a charged click when its result is past its keeping time', async () => {
  expect(await left({ ms: OLD, state: 'settled', endedMs: 10 })).toBe(0)
})

it('keeps a charged click whose result was stored late and is still kept', async () => {
  expect(await left({ ms: OLD, state: 'settled', endedMs: 120_000 })).toBe(1)
})

it('keeps an old click that is still running', async () => {
  expect(await left({ ms: OLD, state: 'executing' })).toBe(1)
})

it('keeps every click when the server does not answer', async () => {
  server.billing.refusesStates = true
  expect(await left({ ms: OLD, state: 'voided', endedMs: 10 })).toBe(1)
})
