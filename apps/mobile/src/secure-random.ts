import { getRandomValues, randomUUID } from 'expo-crypto'

// Hermes has no cryptographic random source, which unguessable operation keys need.
if (globalThis.crypto === undefined) {
  Object.defineProperty(globalThis, 'crypto', { value: { getRandomValues, randomUUID } })
}
