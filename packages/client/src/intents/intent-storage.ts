/**
 * Where intents are stored. Synchronous, so that nothing can happen between the click and the record: SQLite's key-value store and MMKV on
 * a phone, `webIntentStorage(localStorage)` in a browser, files in Node.
 */
export type IntentStoreStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> & {
  keys(): string[]
}

/**
 * Keeps intents in a browser's storage; with `localStorage` they survive a reload and the closing of the window.
 * @example createIntentStore({ storage: webIntentStorage(localStorage), owner: customerId })
 */
export function webIntentStorage(storage: Storage): IntentStoreStorage {
  return {
    keys: () => Object.keys(storage),
    getItem: (name) => storage.getItem(name),
    setItem: (name, value) => storage.setItem(name, value),
    removeItem: (name) => storage.removeItem(name),
  }
}

/** Keeps intents in memory, until the program ends. */
export function memoryIntentStorage(): IntentStoreStorage {
  const items = new Map<string, string>()
  return {
    keys: () => [...items.keys()],
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
  }
}
