import type { MeteringContext } from '../context.ts'
import { forgetExpired } from '../store/forget-expired.ts'
import { sweepOperations, type SweptOperation } from '../store/sweep-operations.ts'

/** Few enough that the locks of one sweep are held for milliseconds. */
const SWEEP_BATCH = 100
/** Results and keys live for days; once a minute is often enough to forget them. */
const FORGET_EVERY_MS = 60_000
const FORGET_BATCH = 500

/** Ends what dead processes left behind and forgets what is past its keeping time. */
export type Sweeper = {
  start(): void
  stop(): Promise<void>
  /** Ends one batch of lapsed operations. */
  sweepOnce(): Promise<SweptOperation[]>
  /** Forgets one batch of results and keys. */
  forgetOnce(): Promise<{ results: number; keys: number }>
}

/** Makes a sweeper; any number of them may run on one database. */
export function createSweeper(context: MeteringContext): Sweeper {
  const { database, policy, logger, clock, announcer, emit } = context
  let stopped = new AbortController()
  let loop: Promise<void> | null = null

  async function sweepOnce(): Promise<SweptOperation[]> {
    const swept = await sweepOperations(database, { limit: SWEEP_BATCH, graceMs: policy.graceMs })
    for (const operation of swept) {
      announcer.changed(operation.customerId)
      const { procedure, became } = operation
      emit({ kind: 'expired', procedure, became })
      logger.warn(operation, 'metering: an operation outlived its process')
    }
    return swept
  }

  const forgetOnce = () =>
    forgetExpired(database, { limit: FORGET_BATCH, keyKeptMs: policy.keyKeptMs })

  async function run(ended: AbortSignal): Promise<void> {
    let forgetAt = clock.now().getTime() + FORGET_EVERY_MS
    while (!ended.aborted) {
      try {
        if ((await sweepOnce()).length >= SWEEP_BATCH) continue
        if (clock.now().getTime() >= forgetAt) {
          await forgetOnce()
          forgetAt = clock.now().getTime() + FORGET_EVERY_MS
        }
      } catch (error) {
        logger.warn({ error }, 'metering: the sweeper could not reach the database')
      }
      await context.sleep(policy.sweepMs, ended)
    }
  }

  return {
    start() {
      if (loop) return
      stopped = new AbortController()
      loop = run(stopped.signal)
    },
    async stop() {
      stopped.abort()
      await loop
      loop = null
    },
    sweepOnce,
    forgetOnce,
  }
}
