import type { IntentStoreStorage } from '@tollgate/client'

/** Keeps intents for this browser, also after it was closed. */
export const intentStorage: IntentStoreStorage = {
  keys: () => Object.keys(localStorage),
  getItem: (name) => localStorage.getItem(name),
  setItem: (name, value) => localStorage.setItem(name, value),
  removeItem: (name) => localStorage.removeItem(name),
}
