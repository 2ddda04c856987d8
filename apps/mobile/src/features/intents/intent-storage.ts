import type { IntentStoreStorage } from '@tollgate/client'
import Storage from 'expo-sqlite/kv-store'

/** Keeps intents in SQLite; written before the call that records one returns, so none can leave unrecorded. */
export const intentStorage: IntentStoreStorage = {
  keys: () => Storage.getAllKeysSync(),
  getItem: (name) => Storage.getItemSync(name),
  setItem: (name, value) => Storage.setItemSync(name, value),
  removeItem: (name) => void Storage.removeItemSync(name),
}
