import { getRandomValues, randomUUID } from 'expo-crypto'

// Hermes brings no random source of its own, and an operation key that can be guessed is none.
if (globalThis.crypto === undefined) {
  Object.defineProperty(globalThis, 'crypto', { value: { getRandomValues, randomUUID } })
}
