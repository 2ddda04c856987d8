import { RESULT_KEPT_MS } from '@tollgate/contract'
import { billingErrorOf } from '../billing-error-of.ts'
import type { TollgateCore } from '../tollgate-core.ts'
import type { Intent } from './intent.ts'
import { leavesOutcomeOpen } from './leaves-outcome-open.ts'
import { lookUpOperation } from './look-up-operation.ts'
import { sendIntent } from './send-intent.ts'

/** How an intent of an earlier run ended, or why it is still open. */
export type ReplayOutcome =
  /** Done and charged once; the result is what the lost answer would have been. */
  | { kind: 'done'; intent: Intent; output: unknown }
  /** Not done and not charged. */
  | { kind: 'refused'; intent: Intent; error: unknown }
  /** Done and charged, but the server no longer keeps the result. */
  | { kind: 'charged_without_result'; intent: Intent }
  /** Too old to be sent without asking the person, and the server never received it: not charged. */
  | { kind: 'too_old'; intent: Intent }

/** What is replayed, through which client, and how outcomes are shown. */
export type ReplayOptions = {
  tollgate: Pick<TollgateCore, 'untyped' | 'intents'>
  /** Shows an outcome; the intent is removed only once this resolves, so that no result is lost unseen. */
  onOutcome(outcome: ReplayOutcome): void | Promise<void>
  now?: () => number
}

/** After this many attempts without an answer, the server is asked for the outcome instead of being sent the call again. */
const BLIND_TRIES_MAX = 5

/**
 * Sends what a lost connection or the end of the program left open, in the order of the clicks, one at a time, each under its original key.
 * Stops at the first one that still has no answer, because later clicks may depend on it. Call `resume` when the app starts, returns to the
 * foreground or is online again.
 */
export function createReplay(options: ReplayOptions): {
  /** How many intents are still open afterwards. */
  resume(): Promise<{ waiting: number }>
} {
  const { intents: store } = options.tollgate
  let running: Promise<{ waiting: number }> | null = null

  return {
    resume() {
      running ??= resumeAll().finally(() => {
        running = null
      })
      return running
    },
  }

  async function resumeAll(): Promise<{ waiting: number }> {
    for (const intent of store.list()) {
      if (store.isInFlight(intent.key)) continue
      if ((await resumeOne(options, intent)) === 'waits') break
    }
    return { waiting: store.list().length }
  }
}

type Progress = 'ended' | 'waits'

async function resumeOne(options: ReplayOptions, intent: Intent): Promise<Progress> {
  const isOld = (options.now ?? Date.now)() - intent.at > RESULT_KEPT_MS
  if (!isOld && intent.tries < BLIND_TRIES_MAX) return sendAgain(options, intent)

  const { state } = await lookUpOperation(options.tollgate, intent.key)
  switch (state) {
    case 'unreachable':
    case 'executing':
      return 'waits'
    case 'settled':
      return sendAgain(options, intent)
    case 'voided':
    case 'expired':
      return end(options, { kind: 'refused', intent, error: null })
    case 'not_found':
      return isOld ? end(options, { kind: 'too_old', intent }) : sendAgain(options, intent)
  }
}

async function sendAgain(options: ReplayOptions, intent: Intent): Promise<Progress> {
  const { tollgate } = options
  const store = tollgate.intents
  store.take(intent.key)
  try {
    const outcome = await sendIntent(tollgate, intent).then(
      (output): ReplayOutcome => ({ kind: 'done', intent, output }),
      (error: unknown) => outcomeOf(intent, error),
    )
    return outcome ? await end(options, outcome) : 'waits'
  } finally {
    store.release(intent.key)
  }
}

/** What a failed replay proves; null when the intent stays open. */
function outcomeOf(intent: Intent, error: unknown): ReplayOutcome | null {
  const kind = billingErrorOf(error)?.kind
  if (kind === 'result_gone') return { kind: 'charged_without_result', intent }
  // A replay runs unattended: an error that signing in or waiting would resolve must not drop the click.
  const isTemporary =
    kind === 'not_signed_in' || kind === 'account_changed' || kind === 'rate_limited'
  if (isTemporary || leavesOutcomeOpen(error, intent.state)) return null
  return { kind: 'refused', intent, error }
}

async function end(options: ReplayOptions, outcome: ReplayOutcome): Promise<Progress> {
  const { key } = outcome.intent
  await options.onOutcome(outcome)
  options.tollgate.intents.settle({ key, error: null })
  return 'ended'
}
