import type { OperationKey } from '@tollgate/contract'
import type { Intents } from '../intents.ts'
import type { Intent } from './intent.ts'
import { type IntentStoreStorage, openIntentRecords } from './intent-records.ts'
import { staysOpen } from './stays-open.ts'

/** Every open intent of one customer, in the order of the clicks; survives the end of the program. */
export type IntentStore = Required<Intents> & {
  list(): Intent[]
  /** Whether a call with this key is on its way right now, from this program. */
  isInFlight(key: OperationKey): boolean
  /** Claims an intent for a call from here; `release` gives it back as it is. */
  take(key: OperationKey): void
  release(key: OperationKey): void
  /** Forgets an intent that was never sent, because the person said so. A sent one may have been charged and stays. */
  discard(key: OperationKey): boolean
}

/**
 * Records what a person asked for before it is sent, so that neither a lost answer nor the end of the program
 * makes one click two purchases, or none.
 * @example createTollgate({ url, intents: createIntentStore({ storage, owner: session.customerId }) })
 */
export function createIntentStore(options: {
  storage: IntentStoreStorage
  /** The customer who pays: nobody's open intents are ever sent in somebody else's name. */
  owner: string
  now?: () => number
}): IntentStore {
  const { storage, owner, now = Date.now } = options
  const records = openIntentRecords({ storage, owner, now })
  const inFlight = new Set<OperationKey>()

  return {
    list: records.list,
    isInFlight: (key) => inFlight.has(key),
    keyFor(path, input) {
      const open = records.list()
      const text = JSON.stringify(input)
      const same = open.find((one) => one.path === path && JSON.stringify(one.input) === text)
      const { key } = same ?? records.create(open, { path, input })
      inFlight.add(key)
      return key
    },
    markSent(key) {
      const intent = records.read(key)
      // A try after a lost answer is still one whose answer was lost.
      const state = intent?.state === 'unknown' ? 'unknown' : 'sent'
      if (intent) records.write({ ...intent, state, tries: intent.tries + 1 })
    },
    markFailed(key, error) {
      const intent = records.read(key)
      if (intent && staysOpen(error, intent.state)) records.write({ ...intent, state: 'unknown' })
    },
    settle({ key, error }) {
      inFlight.delete(key)
      const intent = records.read(key)
      if (!intent) return
      const isOpen = error !== null && staysOpen(error, intent.state)
      if (isOpen) records.write({ ...intent, state: 'unknown' })
      else records.remove(key)
    },
    take(key) {
      inFlight.add(key)
    },
    release(key) {
      inFlight.delete(key)
    },
    discard(key) {
      if (inFlight.has(key) || records.read(key)?.state !== 'created') return false
      records.remove(key)
      return true
    },
  }
}
