import type { IntentStoreStorage } from '@tollgate/client'
import Storage from 'expo-sqlite/kv-store'

/** Stores intents in SQLite; written before the recording call returns, so that no call is sent unrecorded. */
export const intentStorage: IntentStoreStorage = {
  keys: () => Storage.getAllKeysSync(),
  getItem: (name) => Storage.getItemSync(name),
  setItem: (name, value) => Storage.setItemSync(name, value),
  removeItem: (name) => void Storage.removeItemSync(name),
}
