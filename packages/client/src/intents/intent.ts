import { isOperationKey, type OperationKey } from '@tollgate/contract'
import type { TRPCDataTransformer } from '@trpc/server'
import { NO_TRANSFORMER } from '../transformer.ts'

/** What one click asked for, stored on the device until its outcome is known. */
export type Intent = {
  key: OperationKey
  /** The procedure: "images.generate". */
  path: string
  /** Absent for a procedure without input. */
  input?: unknown
  /**
   * `created`: recorded but never sent, so certainly not charged. `sent`: in flight, or interrupted there. `unknown`: at least one attempt
   * ended without an answer that proves the outcome.
   */
  state: 'created' | 'sent' | 'unknown'
  /** Attempts of this and of earlier runs of the program. */
  tries: number
  /** Epoch milliseconds; intents are replayed in this order. */
  at: number
}

/** Parses a stored intent; null when it was not written by this version. */
export function parseIntent(
  text: string | null,
  transformer: TRPCDataTransformer = NO_TRANSFORMER,
): Intent | null {
  if (!text) return null
  try {
    const value: unknown = JSON.parse(text)
    return isIntent(value) ? { ...value, input: transformer.deserialize(value.input) } : null
  } catch {
    return null
  }
}

function isIntent(value: unknown): value is Intent {
  if (typeof value !== 'object' || value === null) return false
  if (!('key' in value && 'path' in value && 'at' in value)) return false
  if (!('state' in value && 'tries' in value)) return false
  const { key, path, state, tries, at } = value
  return (
    typeof key === 'string' &&
    isOperationKey(key) &&
    typeof path === 'string' &&
    (state === 'created' || state === 'sent' || state === 'unknown') &&
    typeof tries === 'number' &&
    typeof at === 'number'
  )
}
