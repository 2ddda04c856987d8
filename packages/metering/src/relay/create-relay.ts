import { SPAN_ATTRIBUTES } from '@tollgate/contract'
import { createWorker, type Worker } from '@tollgate/database'
import type { MeteringContext } from '../context.ts'
import { crashPoint } from '../crash-point.ts'
import { inSpan } from '../in-span.ts'
import { claimDeliveries } from '../store/claim-deliveries.ts'
import { bucketsOf } from '../store/metering-database.ts'
import { readRelayBacklog } from '../store/relay-backlog.ts'
import { deliverRows } from './deliver-rows.ts'
import { createWaitingSync } from './sync-waiting.ts'

/** A delivery must end before its claim does, or another process would send the same events meanwhile. */
const SEND_SHARE_OF_CLAIM = 0.8
/** How long `drain` waits between polls while other processes deliver what is still due. */
const DRAIN_PAUSE_MS = 20

/** Delivers settled charges to the backend, at least once each, while it runs. */
export type Relay = Worker & {
  /** Delivers one batch, visiting every bucket and customer once; returns how many events were claimed. */
  deliverOnce(): Promise<number>
  /** Syncs customers whose events cannot be delivered or whose balance is doubtful; returns how many could be read. */
  syncOnce(): Promise<number>
  /** Delivers until no usage event is due and no customer waits to be synced. */
  drain(): Promise<void>
}

/** Makes a relay; any number may run on one database. */
export function createRelay(context: MeteringContext): Relay {
  const { database, policy, logger, sleep } = context
  const waiting = createWaitingSync(context)
  const claim = createClaims(context)
  let failures = 0
  let claimedInRound = 0

  async function deliver(): Promise<{ claimed: number; pauseMs: number | null; more: boolean }> {
    const { deliveries, more } = await claim()
    if (deliveries.length === 0) return { claimed: 0, pauseMs: null, more }
    crashPoint('CP16-relay-claimed')
    const signal = AbortSignal.timeout(policy.claimMs * SEND_SHARE_OF_CLAIM)
    const operationIds = deliveries.map(({ operationId }) => operationId)
    const [parent, ...others] = context.settledTraces.of(operationIds)
    const { pauseMs } = await inSpan(
      'relay',
      (span) => {
        span.set(() => ({ [SPAN_ATTRIBUTES.operationIds]: operationIds }))
        return deliverRows(context, deliveries, { signal, failures })
      },
      // A delivery carries the events of many operations: it belongs to the first one's trace and links to the others'.
      { parent, links: others.map((settled) => ({ context: settled })) },
    )
    failures = pauseMs === null ? 0 : failures + 1
    return { claimed: deliveries.length, pauseMs, more }
  }

  async function deliverOnce(): Promise<number> {
    for (;;) {
      const { claimed, more } = await deliver()
      if (claimed > 0 || !more) return claimed
    }
  }

  const worker = createWorker({
    name: 'outbox relay',
    logger,
    sleep,
    intervalMs: policy.relayMs,
    async round() {
      const { claimed, pauseMs, more } = await deliver()
      claimedInRound += claimed
      if (pauseMs === null && more) return 0
      const wasBusy = claimedInRound > 0
      claimedInRound = 0
      if (pauseMs !== null) return pauseMs
      waiting.start()
      // The last batch of a round is never full: a pause lets new charges be delivered together.
      return wasBusy ? policy.batchDelayMs : undefined
    },
  })

  return {
    ...worker,
    async stop() {
      await worker.stop()
      await waiting.ended()
    },
    syncOnce: () => waiting.once(),
    deliverOnce,
    async drain() {
      do {
        while ((await readRelayBacklog(database)).due > 0) {
          if ((await deliverOnce()) === 0) await sleep(DRAIN_PAUSE_MS)
        }
      } while ((await waiting.once()) > 0)
    },
  }
}

/** Claims batch after batch, visiting every bucket and customer; `more` while the round is not complete. */
function createClaims({ database, policy }: MeteringContext) {
  const buckets = bucketsOf(database)
  let index = 0
  let after = ''
  return async () => {
    const { claimMs, deliveryBatch: limit } = policy
    const bucket = buckets[index] ?? 0
    const claimed = await claimDeliveries(database, { bucket, after, limit, claimMs })
    after = claimed.after
    if (after === '') index = (index + 1) % buckets.length
    return { deliveries: claimed.deliveries, more: after !== '' || index > 0 }
  }
}
