import Storage from 'expo-sqlite/kv-store'

/** Keeps intents in SQLite; written before the call that records one returns, so none can leave unrecorded. */
export const intentStorage = {
  getItem: (name: string) => Storage.getItemSync(name),
  setItem: (name: string, value: string) => Storage.setItemSync(name, value),
  removeItem: (name: string) => void Storage.removeItemSync(name),
}
