import type { AppRouter } from '@tollgate/api'
import { createTollgate } from '../src/create-tollgate.ts'
import { createIntentStore } from '../src/intents/create-intent-store.ts'
import { createReplay } from '../src/intents/create-replay.ts'
import type { IntentStoreStorage } from '../src/intents/intent-storage.ts'
import { sendIntent } from '../src/intents/send-intent.ts'
import type { Click } from './clicks.ts'
import type { Guest } from './guest.ts'

/** Clicks in flight at the same time. */
const CLICKS_AT_ONCE = 20
/** Replay runs before a test gives up; each fault ends after a few attempts. */
const RESUMES_MAX = 400

/** One run of an app on a device, from start to end. */
export type Phone = {
  /** Clicks buttons; a lost answer is not an error, its intent stays open. */
  press(clicks: readonly Click[]): Promise<void>
  /** Records a click without sending it, as if the program ended in between. */
  record(click: Click): void
  /** Replays until no intent is open; returns how many runs that took. */
  resumeUntilDone(): Promise<number>
  resume(): Promise<number>
}

/** Starts the app on what the device has stored. `results` is what its screens have shown so far, by operation key. */
export function startPhone(options: {
  url: string
  guest: Guest
  storage: IntentStoreStorage
  results: Map<string, unknown>
  now?: () => number
  patienceMs?: number
  /** Whether lost answers are retried immediately, or left to the replay. */
  retry?: boolean
}): Phone {
  const {
    url,
    guest,
    storage,
    results,
    now = Date.now,
    patienceMs = 20_000,
    retry = true,
  } = options
  const store = createIntentStore({ storage, owner: guest.customerId, now })
  const tollgate = createTollgate<AppRouter>({
    url: `${url}/trpc`,
    streams: { 'text.summarize': true },
    getToken: () => guest.token,
    intents: store,
    retry,
    fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(patienceMs) }),
  })
  const failures: unknown[] = []
  const replay = createReplay({
    tollgate,
    now,
    onOutcome(outcome) {
      if (outcome.kind === 'done') show(outcome.intent.key, outcome.output)
      else failures.push(outcome)
    },
  })

  return {
    press: (clicks) => inPool(clicks, CLICKS_AT_ONCE, press),
    record(click) {
      store.keyFor(click.path, click.input)
    },
    async resume() {
      const { waiting } = await replay.resume()
      if (failures.length > 0) throw new Error(`Lost a click: ${JSON.stringify(failures[0])}`)
      return waiting
    },
    async resumeUntilDone() {
      for (let runs = 1; runs <= RESUMES_MAX; runs++) {
        if ((await this.resume()) === 0) return runs
      }
      throw new Error(`Clicks still wait after ${RESUMES_MAX} replays.`)
    },
  }

  async function press(click: Click): Promise<void> {
    const { path, input } = click
    const key = store.keyFor(path, input)
    const intent = store.list().find((one) => one.key === key)
    if (!intent) throw new Error('A click was not recorded.')
    try {
      show(key, await sendIntent(tollgate, intent))
      store.settle({ key, error: null })
    } catch (error) {
      store.settle({ key, error })
    }
  }

  function show(key: string, output: unknown): void {
    if (results.has(key)) throw new Error(`Two results for one click ${key}.`)
    results.set(key, output)
  }
}

async function inPool<Item>(
  items: readonly Item[],
  size: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = [...items]
  await Promise.all(
    Array.from({ length: size }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
    }),
  )
}
