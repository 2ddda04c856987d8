import type { SeededRandom } from '@tollgate/testing/faults'
import type { Trace } from './trace.ts'

/** The result of an effect whose process has died: it never resolves. */
export const NEVER = Symbol('never')

/** One order of all events: effects run one at a time, each to its end. */
export type Schedule = {
  /** Waits for its turn, then runs; `detail` is recorded beside the label. */
  pass<T>(label: string, run: () => Promise<T | typeof NEVER>, detail?: unknown): Promise<T>
  /** Runs as many pending effects first as the seed decides, then the command. */
  command(label: string, run: () => Promise<void>): Promise<void>
  /** Runs an action and every effect it causes, in order of arrival, while all other effects wait. */
  alone<T>(run: () => Promise<T>): Promise<T>
  /** Runs effects until none is pending. */
  drain(): Promise<void>
  /** How many effects have proceeded. */
  steps(): number
  /** Effects that arrive later are never run. */
  close(): void
}

/** Creates a schedule that takes every decision from one seed, and records decisions, effects and results. */
export function createSchedule(options: { random: SeededRandom; trace: Trace }): Schedule {
  const { random, trace } = options
  let pending: Effect[] = []
  let turns = 0
  let steps = 0
  let isClosed = false
  let stray: string | null = null

  async function turn<T>(run: () => Promise<T>): Promise<T> {
    turns += 1
    try {
      return await run()
    } finally {
      await reactionsDone()
      turns -= 1
    }
  }

  async function proceed(index: number): Promise<void> {
    steps += 1
    const [effect] = pending.splice(index, 1)
    if (effect) await turn(effect.run)
    if (stray) throw new Error(`"${stray}" came outside of any turn: it depends on real time.`)
  }

  return {
    pass<T>(label: string, run: () => Promise<T | typeof NEVER>, detail?: unknown): Promise<T> {
      if (isClosed) return new Promise(() => {})
      if (turns === 0) stray ??= label
      return new Promise((resolve, reject) => {
        pending.push({ run: () => recorded({ trace, label, detail }, run, { resolve, reject }) })
      })
    },
    async command(label, run) {
      for (;;) {
        const chosen = random.below(pending.length + 1)
        if (chosen === pending.length) break
        await proceed(chosen)
      }
      trace.record('command', label)
      await turn(run)
    },
    async alone(run) {
      const others = pending
      pending = []
      let isDone = false
      const running = turn(async () => run().finally(() => (isDone = true)))
      running.catch(() => {})
      await reactionsDone()
      while (!isDone) {
        if (pending.length === 0) throw new Error('Something waits for what cannot come.')
        await proceed(0)
      }
      pending = [...others, ...pending]
      return running
    },
    async drain() {
      while (pending.length > 0) await proceed(random.below(pending.length))
    },
    steps: () => steps,
    close: () => {
      isClosed = true
      pending = []
    },
  }
}

type Effect = { run: () => Promise<void> }

async function recorded<T>(
  { trace, label, detail }: { trace: Trace; label: string; detail: unknown },
  run: () => Promise<T | typeof NEVER>,
  { resolve, reject }: { resolve: (value: T) => void; reject: (error: unknown) => void },
): Promise<void> {
  trace.record('effect', label, detail)
  try {
    const value = await run()
    trace.record('answer', label, value === NEVER ? 'never' : value)
    if (value !== NEVER) resolve(value)
  } catch (error) {
    trace.record('error', label, String(error))
    reject(error)
  }
}

/** After two turns of the event loop, everything that waited only for promises or for the next turn has run. */
function reactionsDone(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
}
