import { isOperationKey, type OperationKey } from '@tollgate/contract'
import type { TRPCDataTransformer } from '@trpc/server'
import { NO_TRANSFORMER } from '../transformer.ts'

/** What one click asked for, as it is kept on the device until its outcome is known. */
export type Intent = {
  key: OperationKey
  /** The procedure: "images.generate". */
  path: string
  /** Absent for a procedure that takes nothing. */
  input?: unknown
  /**
   * `created`: recorded, never sent, so certainly not charged. `sent`: on its way, or cut off there.
   * `unknown`: at least one try ended without an answer that says what became of it.
   */
  state: 'created' | 'sent' | 'unknown'
  /** Tries of earlier and of this run of the program. */
  tries: number
  /** Epoch milliseconds; also the order in which intents are sent again. */
  at: number
}

/** Reads a stored intent; null when it was not written by this version. */
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
