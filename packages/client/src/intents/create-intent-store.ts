import type { OperationKey } from '@tollgate/contract'
import { inputTransformer, NO_TRANSFORMER, type Transformer } from '../transformer.ts'
import { contentOf } from './content-of.ts'
import type { Intent } from './intent.ts'
import { type IntentRecords, openIntentRecords } from './intent-records.ts'
import type { IntentStoreStorage } from './intent-storage.ts'
import { leavesOutcomeOpen } from './leaves-outcome-open.ts'

/** The open intents of one customer, in the order of the clicks. They survive the end of the program, except those that `Kept` names. */
export type IntentStore = {
  /** The key of the open intent with this input, or a new one. Throws `IntentNotKeptError` when it cannot be recorded. */
  keyFor(path: string, input: unknown): OperationKey
  /** An attempt is about to be sent. */
  markSent(key: OperationKey): void
  /** An attempt failed, and may be retried. */
  markFailed(key: OperationKey, error: unknown): void
  /** A call ended, with an error or with `null`: removes the intent if its outcome is proven, so that the next click is a new one. */
  settle(call: { key: OperationKey; error: unknown }): void
  list(): Intent[]
  /** Whether this program has a call with this key in flight. */
  isInFlight(key: OperationKey): boolean
  /** Claims an intent for a call from here; `release` returns it unchanged. */
  take(key: OperationKey): void
  release(key: OperationKey): void
  /** Removes an intent that was never sent, at the person's request. A sent one may have been charged and stays. */
  discard(key: OperationKey): boolean
}

/**
 * Records what a person asked for before it is sent, so that a click is charged exactly once even if its answer is lost or the program
 * ends.
 * @example createTollgate<AppRouter>({ url, intents: createIntentStore({ storage, owner: session.customerId }) })
 */
export function createIntentStore(options: {
  storage: IntentStoreStorage
  /**
   * The customer who pays: open intents are never sent in another customer's name. A function if the session can change while the program
   * runs; it is called at every click.
   */
  owner: string | (() => string)
  /** The router's transformer, if it has one: inputs are stored as they are sent. */
  transformer?: Transformer
  now?: () => number
}): IntentStore {
  const { storage, owner, now = Date.now } = options
  const transformer = inputTransformer(options.transformer ?? NO_TRANSFORMER)
  const unwritten = new Map<string, Intent>()
  /** Calls in flight, with the records of the customer who clicked: the session may have changed since. */
  const inFlight = new Map<OperationKey, IntentRecords>()

  return {
    list: () => ownRecords().list(),
    isInFlight: (key) => inFlight.has(key),
    keyFor(path, input) {
      const records = ownRecords()
      const open = records.list()
      const content = contentOf(input, transformer)
      const same = open.find(
        (one) => one.path === path && contentOf(one.input, transformer) === content,
      )
      const { key } = same ?? records.create(open, { path, input })
      inFlight.set(key, records)
      return key
    },
    markSent(key) {
      const records = recordsOf(key)
      const intent = records.read(key)
      // A retry after a lost answer does not change that an answer was lost.
      const state = intent?.state === 'unknown' ? 'unknown' : 'sent'
      if (intent) records.write({ ...intent, state, tries: intent.tries + 1 })
    },
    markFailed(key, error) {
      const records = recordsOf(key)
      const intent = records.read(key)
      if (intent && leavesOutcomeOpen(error, intent.state)) {
        records.write({ ...intent, state: 'unknown' })
      }
    },
    settle({ key, error }) {
      const records = recordsOf(key)
      inFlight.delete(key)
      const intent = records.read(key)
      if (!intent) return
      const isOpen = error !== null && leavesOutcomeOpen(error, intent.state)
      if (isOpen) records.write({ ...intent, state: 'unknown' })
      else records.remove(key)
    },
    take(key) {
      inFlight.set(key, recordsOf(key))
    },
    release(key) {
      inFlight.delete(key)
    },
    discard(key) {
      const records = ownRecords()
      if (inFlight.has(key) || records.read(key)?.state !== 'created') return false
      records.remove(key)
      return true
    },
  }

  function recordsOf(key: OperationKey): IntentRecords {
    return inFlight.get(key) ?? ownRecords()
  }

  function ownRecords(): IntentRecords {
    const customer = typeof owner === 'string' ? owner : owner()
    return openIntentRecords({ storage, unwritten, owner: customer, transformer, now })
  }
}
