import type { OperationKey } from '@tollgate/contract'
import { newOperationKey } from '../operation-key.ts'
import { type Intent, parseIntent } from './intent.ts'
import type { IntentStoreStorage } from './intent-storage.ts'

/** More open clicks than this means that something is wrong with the network or the server for a long time. */
const OPEN_INTENTS_MAX = 100

/** An intent could not be recorded, so it was not sent. */
export class IntentNotKeptError extends Error {
  override readonly name = 'IntentNotKeptError'
  readonly code: 'QUEUE_FULL' | 'STORAGE_FAILED'

  constructor(code: IntentNotKeptError['code'], message: string, options?: { cause: unknown }) {
    super(message, options)
    this.code = code
  }
}

/** One customer's intents as records of a storage. */
export type IntentRecords = ReturnType<typeof openIntentRecords>

/** Opens them: one record each, so that two windows never overwrite each other. */
export function openIntentRecords(options: {
  storage: IntentStoreStorage
  owner: string
  now: () => number
}) {
  const { storage, owner, now } = options
  const prefix = `tollgate:intents:${owner}:`

  return {
    list,
    write,
    create(open: readonly Intent[], call: { path: string; input: unknown }): Intent {
      if (open.length >= OPEN_INTENTS_MAX) {
        throw new IntentNotKeptError(
          'QUEUE_FULL',
          `${open.length} calls wait for an answer already. Replay or discard them before adding more.`,
        )
      }
      // Two clicks in one millisecond, or a clock that was set back, still have an order.
      const at = Math.max(now(), (open.at(-1)?.at ?? 0) + 1)
      const intent: Intent = { key: newOperationKey(), ...call, state: 'created', tries: 0, at }
      write(intent)
      return intent
    },
    read: (key: OperationKey) => parseIntent(storage.getItem(prefix + key)),
    remove: (key: OperationKey) => storage.removeItem(prefix + key),
  }

  function list(): Intent[] {
    return storage
      .keys()
      .filter((name) => name.startsWith(prefix))
      .map((name) => parseIntent(storage.getItem(name)))
      .filter((intent) => intent !== null)
      .toSorted((one, other) => one.at - other.at)
  }

  function write(intent: Intent): void {
    try {
      storage.setItem(prefix + intent.key, JSON.stringify(intent))
    } catch (cause) {
      throw new IntentNotKeptError(
        'STORAGE_FAILED',
        'The device could not record this call, so it was not sent. Free some space and try again.',
        { cause },
      )
    }
  }
}
