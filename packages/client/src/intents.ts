import { isOperationKey, type OperationKey } from '@tollgate/contract'
import { billingErrorOf, httpStatusOf } from './billing-error-of.ts'
import { newOperationKey } from './operation-key.ts'

/** Where open intents are kept; `sessionStorage` fits as it is. */
export type IntentStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Which operation key belongs to which intent while its outcome is not known. */
export type Intents = {
  /** The open intent's key for this very input, or a new one. */
  keyFor(path: string, input: unknown): OperationKey
  /** A call ended, with an error or with `null`: forgets the intent when its outcome is known, so that the next click is a new one. */
  settle(call: { path: string; key: OperationKey; error: unknown }): void
  /** One try is about to leave; kept by stores that outlive the program. */
  markSent?(key: OperationKey): void
  /** One try failed, and another may follow. */
  markFailed?(key: OperationKey, error: unknown): void
}

/** The server keeps results for a day; an older key would find nothing to replay. */
const INTENT_AGE_MS_MAX = 24 * 60 * 60 * 1000

/** Remembers open intents, so that a click after a lost answer or a reload is a retry and not a second purchase. */
export function createIntents(options: { storage: IntentStorage; now?: () => number }): Intents {
  const { storage, now = Date.now } = options
  return {
    keyFor(path, input) {
      const text = JSON.stringify(input)
      const open = readIntent(storage, path)
      if (open && open.input === text && now() - open.at < INTENT_AGE_MS_MAX) return open.key
      const key = newOperationKey()
      storage.setItem(name(path), JSON.stringify({ key, input: text, at: now() }))
      return key
    },
    settle({ path, key, error }) {
      if (error !== null && leavesOutcomeOpen(error)) return
      if (readIntent(storage, path)?.key === key) storage.removeItem(name(path))
    },
  }
}

/** Whether a failure leaves open what became of the operation, so that its key must be kept. */
export function leavesOutcomeOpen(error: unknown): boolean {
  const billing = billingErrorOf(error)
  if (billing) {
    return (
      billing.kind === 'in_progress' ||
      billing.kind === 'outcome_unknown' ||
      billing.kind === 'billing_unavailable' ||
      billing.kind === 'rate_limited'
    )
  }
  const status = httpStatusOf(error)
  return status === null || status >= 500
}

/** Keeps intents for as long as the program runs. */
export function memoryStorage(): IntentStorage {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}

function name(path: string): string {
  return `tollgate:intent:${path}`
}

function readIntent(
  storage: IntentStorage,
  path: string,
): { key: OperationKey; input: string; at: number } | null {
  try {
    const value: unknown = JSON.parse(storage.getItem(name(path)) ?? 'null')
    if (typeof value !== 'object' || value === null) return null
    if (!('key' in value && 'input' in value && 'at' in value)) return null
    const { key, input, at } = value
    if (typeof key !== 'string' || !isOperationKey(key)) return null
    return typeof input === 'string' && typeof at === 'number' ? { key, input, at } : null
  } catch {
    return null
  }
}
