import type { OperationKey } from '@tollgate/contract'
import type { TRPCDataTransformer } from '@trpc/server'
import { newOperationKey } from '../operation-key.ts'
import { type Intent, parseIntent } from './intent.ts'
import type { IntentStoreStorage } from './intent-storage.ts'
import { keptIn } from './kept.ts'

/** More open clicks than this mean that the network or the server has been failing for a long time. */
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

/** One customer's intents as records in a storage. */
export type IntentRecords = ReturnType<typeof openIntentRecords>

/** Opens them: one record each, so that two windows never overwrite each other's. */
export function openIntentRecords(options: {
  storage: IntentStoreStorage
  /** Records whose input cannot be serialized, by their name in the storage. */
  unwritten: Map<string, Intent>
  owner: string
  transformer: TRPCDataTransformer
  now: () => number
}) {
  const { storage, unwritten, owner, transformer, now } = options
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
      // Keeps two clicks in order even in the same millisecond or after the clock was set back.
      const at = Math.max(now(), (open.at(-1)?.at ?? 0) + 1)
      const intent: Intent = { key: newOperationKey(), ...call, state: 'created', tries: 0, at }
      write(intent)
      return intent
    },
    read: (key: OperationKey) => read(prefix + key),
    remove(key: OperationKey) {
      unwritten.delete(prefix + key)
      storage.removeItem(prefix + key)
    },
  }

  function list(): Intent[] {
    return [...storage.keys(), ...unwritten.keys()]
      .filter((name) => name.startsWith(prefix))
      .map(read)
      .filter((intent) => intent !== null)
      .toSorted((one, other) => one.at - other.at)
  }

  function read(name: string): Intent | null {
    return unwritten.get(name) ?? parseIntent(storage.getItem(name), transformer)
  }

  function write(intent: Intent): void {
    const name = prefix + intent.key
    if (keptIn(intent.input) === 'program') {
      unwritten.set(name, intent)
      return
    }
    const input: unknown = transformer.serialize(intent.input)
    try {
      storage.setItem(name, JSON.stringify({ ...intent, input }))
    } catch (cause) {
      throw new IntentNotKeptError(
        'STORAGE_FAILED',
        'The device could not record this call, so it was not sent. Free some space and try again.',
        { cause },
      )
    }
  }
}
