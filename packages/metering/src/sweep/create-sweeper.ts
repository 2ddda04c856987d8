import { createWorker, type Worker } from '@tollgate/database'
import type { MeteringContext } from '../context.ts'
import { callPerBucket } from '../store/call-routine.ts'
import { type Ager, createAger } from './create-ager.ts'

/** Few enough that one sweep holds its locks only for milliseconds. */
const SWEEP_BATCH = 100
/** Results and keys are kept for days; once a minute is often enough to purge them. */
const PURGE_EVERY_MS = 60_000
const PURGE_BATCH = 500
/** What ages out was kept for a year, so an hour more does not matter. */
const AGE_EVERY_MS = 3_600_000
/** Between consecutive steps, so that they never use more than a tenth of a CPU. */
const STEP_PAUSE_MS = 250

/** Ends operations whose process died, and removes what is past its retention: results, keys, limits and finally operations. */
export type Sweeper = Worker &
  Ager & {
    /** Ends one batch of operations whose lease and grace have passed; streams are charged for what had reached the caller. */
    sweepOnce(): Promise<SweptOperation[]>
    /** Purges one batch of results, keys and limits of runs. */
    purgeOnce(): Promise<Purged>
  }

/** How many of each were purged. */
type Purged = { results: number; keys: number; limits: number }

/** An operation whose process died. */
type SweptOperation = {
  customerId: string
  operationId: string
  procedure: string
  became: 'expired' | 'settled'
}

/** Makes a sweeper; any number may run on one database. */
export function createSweeper(context: MeteringContext): Sweeper {
  const { database, policy, logger, clock, notifier, emit } = context
  const ager = createAger(context)
  let purgeAt = clock.now().getTime() + PURGE_EVERY_MS
  let ageAt = clock.now().getTime() + PURGE_EVERY_MS

  async function sweepOnce(): Promise<SweptOperation[]> {
    const args = [SWEEP_BATCH, policy.graceMs]
    const swept = (await callPerBucket<SweptOperation[]>(database, 'sweep', args)).flat()
    for (const operation of swept) {
      notifier.changed(operation.customerId)
      const { procedure, became } = operation
      emit({ kind: 'expired', procedure, became })
      logger.warn(operation, 'sweeper: ended an operation whose process died')
    }
    return swept
  }

  async function purgeOnce(): Promise<Purged> {
    const args = [PURGE_BATCH, policy.keyKeptMs]
    const purged = await callPerBucket<Purged>(database, 'purge_expired', args)
    return purged.reduce((sum, { results, keys, limits }) => ({
      results: sum.results + results,
      keys: sum.keys + keys,
      limits: sum.limits + limits,
    }))
  }

  const worker = createWorker({
    name: 'sweeper',
    logger,
    sleep: context.sleep,
    intervalMs: policy.sweepMs,
    async round() {
      if ((await sweepOnce()).length >= SWEEP_BATCH) return 0
      const hasMore = [await purgeIfDue(), await ageIfDue()].includes(true)
      return hasMore ? STEP_PAUSE_MS : undefined
    },
  })

  async function purgeIfDue(): Promise<boolean> {
    if (clock.now().getTime() < purgeAt) return false
    const { results, keys, limits } = await purgeOnce()
    if (Math.max(results, keys, limits) >= PURGE_BATCH) return true
    purgeAt = clock.now().getTime() + PURGE_EVERY_MS
    return false
  }

  async function ageIfDue(): Promise<boolean> {
    if (clock.now().getTime() < ageAt) return false
    if (!(await ager.ageOnce()).isRoundOver) return true
    ageAt = clock.now().getTime() + AGE_EVERY_MS
    return false
  }

  return { ...worker, ...ager, sweepOnce, purgeOnce }
}
