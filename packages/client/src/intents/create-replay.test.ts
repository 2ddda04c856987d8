import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connect } from '../fixtures/connect.ts'
import { REFUSALS } from '../fixtures/refusals.ts'
import { memoryIntentStorage } from './intent-storage.ts'
import { startExampleServer } from '../fixtures/example-server.ts'
import { intent } from '../operation-key.ts'
import { createIntentStore } from './create-intent-store.ts'
import { createReplay, type ReplayOutcome } from './create-replay.ts'

const DAY_MS = 24 * 60 * 60 * 1000

let server: Awaited<ReturnType<typeof startExampleServer>>
let storage: ReturnType<typeof memoryIntentStorage>
let now: number
let isOffline: boolean
beforeEach(async () => {
  server = await startExampleServer()
  storage = memoryIntentStorage()
  now = Date.parse('2026-11-22T12:00:00Z')
  isOffline = false
})
afterEach(() => server.stop())

/** The program after a restart: a new store and client on what the device has stored. */
function start() {
  const store = createIntentStore({ storage, owner: 'cus_one', now: () => now })
  const tollgate = connect({
    url: server.url,
    intents: store,
    retry: false,
    fetch: (input, init) =>
      isOffline ? Promise.reject(new TypeError('Network request failed')) : fetch(input, init),
  })
  const outcomes: ReplayOutcome[] = []
  const replay = createReplay({
    tollgate,
    now: () => now,
    onOutcome: (outcome) => void outcomes.push(outcome),
  })
  return { store, tollgate, replay, outcomes }
}

async function click(program: ReturnType<typeof start>, prompt: string): Promise<void> {
  const input = { prompt }
  const key = program.store.keyFor('images.generate', input)
  const error = await program.tollgate.client.images.generate
    .mutate(input, intent(key))
    .then(() => null)
    .catch((failure: unknown) => failure)
  program.store.settle({ key, error })
}

describe('replay after a restart', () => {
  it('sends what was recorded but never left, once, and forgets it', async () => {
    start().store.keyFor('images.generate', { prompt: 'a fox' })
    const { replay, outcomes } = start()
    expect(await replay.resume()).toEqual({ waiting: 0 })
    expect(outcomes).toMatchObject([{ kind: 'done', intent: { input: { prompt: 'a fox' } } }])
    await start().replay.resume()
    expect(server.billing.inputs).toEqual([{ prompt: 'a fox' }])
  })

  it('keeps the order of the clicks and stops at the first one without an answer', async () => {
    isOffline = true
    const first = start()
    for (const prompt of ['one', 'two', 'three']) await click(first, prompt)
    expect(await start().replay.resume()).toEqual({ waiting: 3 })
    isOffline = false
    await start().replay.resume()
    expect(server.billing.inputs).toEqual([
      { prompt: 'one' },
      { prompt: 'two' },
      { prompt: 'three' },
    ])
    expect(server.billing.charged.size).toBe(3)
  })

  it('collects a streamed answer up to its receipt', async () => {
    start().store.keyFor('text.summarize', { text: 'long' })
    const { replay, outcomes } = start()
    await replay.resume()
    expect(outcomes).toMatchObject([
      {
        kind: 'done',
        output: [{ text: 'one ' }, { text: 'two ' }, { text: 'three ' }, { type: 'receipt' }],
      },
    ])
  })

  it('sends a form again as long as the program runs', async () => {
    isOffline = true
    const { store, tollgate, replay, outcomes } = start()
    const form = new FormData()
    form.set('title', 'a fox')
    const key = store.keyFor('images.generate', form)
    const error: unknown = await tollgate.untyped
      .mutation('images.generate', form, intent(key))
      .catch((failure: unknown) => failure)
    store.settle({ key, error })
    isOffline = false
    expect(await replay.resume()).toEqual({ waiting: 0 })
    expect(outcomes).toMatchObject([{ kind: 'done', intent: { key } }])
    expect([...server.billing.charged.keys()]).toEqual([key])
  })

  it('waits on when a stream ends without its receipt', async () => {
    start().store.keyFor('text.summarize', { text: 'long' })
    server.billing.cutsStreams = true
    const { replay, outcomes } = start()
    expect(await replay.resume()).toEqual({ waiting: 1 })
    expect(outcomes).toEqual([])
  })

  it('forgets a result only after it was shown', async () => {
    start().store.keyFor('images.generate', { prompt: 'a fox' })
    const program = start()
    const replay = createReplay({
      tollgate: program.tollgate,
      onOutcome: () => Promise.reject(new Error('The screen went away.')),
    })
    await expect(replay.resume()).rejects.toThrow('The screen went away.')
    expect(await start().replay.resume()).toEqual({ waiting: 0 })
    expect(server.billing.charged.size).toBe(1)
  })

  it('leaves alone what this program is sending right now', async () => {
    const program = start()
    program.store.keyFor('images.generate', { prompt: 'a fox' })
    expect(await program.replay.resume()).toEqual({ waiting: 1 })
    expect(server.billing.inputs).toEqual([])
  })

  it('keeps a click that only a new sign-in or a pause lets through, and drops one that is refused for good', async () => {
    start().store.keyFor('images.generate', { prompt: 'a fox' })
    server.billing.refusals.push(REFUSALS.rate_limited)
    expect(await start().replay.resume()).toEqual({ waiting: 1 })
    server.billing.refusals.push(REFUSALS.insufficient_credits)
    const { replay, outcomes } = start()
    expect(await replay.resume()).toEqual({ waiting: 0 })
    expect(outcomes).toMatchObject([{ kind: 'refused' }])
    expect(server.billing.charged.size).toBe(0)
  })
})

describe('an intent older than the server keeps results', () => {
  function clickDaysAgo(): void {
    start().store.keyFor('images.generate', { prompt: 'a fox' })
    now += 4 * DAY_MS
  }

  it('is not sent when the server never received it, and is reported as too old', async () => {
    clickDaysAgo()
    const { replay, outcomes } = start()
    expect(await replay.resume()).toEqual({ waiting: 0 })
    expect(outcomes).toMatchObject([{ kind: 'too_old' }])
    expect(server.billing.inputs).toEqual([])
  })

  it('is asked for again when it was settled', async () => {
    clickDaysAgo()
    const [intent] = start().store.list()
    server.billing.charged.set(intent?.key ?? '', 1)
    const { replay, outcomes } = start()
    await replay.resume()
    expect(outcomes).toMatchObject([{ kind: 'done' }])
    expect(server.billing.charged.size).toBe(1)
  })

  it('waits while it runs, or while the server cannot be reached', async () => {
    clickDaysAgo()
    const [intent] = start().store.list()
    server.billing.states.set(intent?.key ?? '', { state: 'executing', endedAt: null })
    expect(await start().replay.resume()).toEqual({ waiting: 1 })
    isOffline = true
    expect(await start().replay.resume()).toEqual({ waiting: 1 })
    expect(server.billing.inputs).toEqual([])
  })

  it('ends uncharged when the work had failed', async () => {
    clickDaysAgo()
    const [intent] = start().store.list()
    server.billing.states.set(intent?.key ?? '', { state: 'voided', endedAt: null })
    const { replay, outcomes } = start()
    expect(await replay.resume()).toEqual({ waiting: 0 })
    expect(outcomes).toMatchObject([{ kind: 'refused' }])
  })
})

describe('an intent that failed again and again', () => {
  it('is asked about instead of being sent a sixth time', async () => {
    isOffline = true
    start().store.keyFor('images.generate', { prompt: 'a fox' })
    for (let attempt = 0; attempt < 5; attempt++) await start().replay.resume()
    const [intent] = start().store.list()
    expect(intent).toMatchObject({ state: 'unknown', tries: 5 })
    isOffline = false
    server.billing.states.set(intent?.key ?? '', { state: 'voided', endedAt: null })
    const { replay, outcomes } = start()
    await replay.resume()
    expect(outcomes).toMatchObject([{ kind: 'refused' }])
    expect(server.billing.inputs).toEqual([])
  })
})
