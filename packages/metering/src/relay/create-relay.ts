import type { MeteringContext } from '../context.ts'
import { crashPoint } from '../crash-point.ts'
import { inSpan } from '../in-span.ts'
import { createClaimRound } from './create-claim-round.ts'
import { deliverRows } from './deliver-rows.ts'
import type { WaitingSync } from './sync-waiting.ts'

/** A delivery must be over before its claim is, or another process would send the same events meanwhile. */
const SEND_SHARE_OF_CLAIM = 0.8

/** Hands settled charges to the backend, at least once each, for as long as it runs. */
export type Relay = {
  start(): void
  /** Lets the delivery that is on its way end. */
  stop(): Promise<void>
  /** There may be something to deliver. */
  wake(): void
  /** Delivers one batch; returns how many events were claimed. */
  deliverOnce(): Promise<number>
  /** Asks the backend about customers whose events cannot go out or whose balance is doubtful; returns how many could be read. */
  syncOnce(): Promise<number>
}

/** Makes a relay; any number of them may run on one database. */
export function createRelay(context: MeteringContext & { waiting: WaitingSync }): Relay {
  const { policy, logger, sleep, waiting } = context
  const round = createClaimRound(context)
  let failures = 0
  let stopped = new AbortController()
  let wakeUp = new AbortController()
  let loop: Promise<void> | null = null

  async function deliver(): Promise<{ claimed: number; pauseMs: number | null; more: boolean }> {
    const { deliveries, more } = await round.next()
    if (deliveries.length === 0) return { claimed: 0, pauseMs: null, more }
    crashPoint('CP16-relay-claimed')
    const signal = AbortSignal.timeout(policy.claimMs * SEND_SHARE_OF_CLAIM)
    const { pauseMs } = await inSpan(
      'relay',
      () => deliverRows(context, deliveries, { signal, failures }),
      { 'tollgate.operation.ids': deliveries.map(({ operationId }) => operationId) },
    )
    failures = pauseMs === null ? 0 : failures + 1
    return { claimed: deliveries.length, pauseMs, more }
  }

  /** Batches until something was claimed or a round is complete. */
  async function deliverSome(): Promise<number> {
    for (;;) {
      const { claimed, more } = await deliver()
      if (claimed > 0 || !more) return claimed
    }
  }

  async function run(ended: AbortSignal): Promise<void> {
    let claimedInRound = 0
    while (!ended.aborted) {
      let pauseMs: number | null = null
      try {
        const delivered = await deliver()
        claimedInRound += delivered.claimed
        pauseMs = delivered.pauseMs
        if (pauseMs === null && delivered.more) continue
        if (pauseMs === null) waiting.start()
        // The last batch of a round is never full: what comes in now goes out together.
        if (claimedInRound > 0) pauseMs ??= policy.gatherMs
        claimedInRound = 0
      } catch (error) {
        logger.warn({ error }, 'metering: the relay could not go on for now')
      }
      // Neither a backend that asked to be left alone nor events that gather are disturbed by new ones.
      const woken = pauseMs === null ? AbortSignal.any([ended, wakeUp.signal]) : ended
      await sleep(pauseMs ?? policy.relayMs, woken)
      if (wakeUp.signal.aborted) wakeUp = new AbortController()
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
      await waiting.ended()
      loop = null
    },
    wake: () => wakeUp.abort(),
    syncOnce: () => waiting.once(),
    deliverOnce: deliverSome,
  }
}
