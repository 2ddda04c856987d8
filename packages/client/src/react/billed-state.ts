import type { BillingError, OperationKey, Receipt } from '@tollgate/contract'
import { billingErrorOf, type UnknownBillingError } from '../billing-error-of.ts'
import { type Kept, keptIn } from '../intents/kept.ts'
import type { HookedTollgate } from './click.ts'
import type { ClickMutation } from './use-click-mutation.ts'

/** The state of a billed procedure in a form, streaming or not. */
export type BilledState<Input, Refusal = BillingError> = {
  /**
   * Starts one intent: its key is made here, once, and stays the same however often it is sent. Returns where the intent is kept until its
   * outcome is known.
   */
  submit(input: Input): Kept<Input>
  /** Sends the last intent again, under its own key. */
  again(): void
  reset(): void
  status: 'idle' | 'pending' | 'error' | 'success'
  input: Input | undefined
  error: unknown
  /** Billing's answer instead of a result; also while a retry is waiting. */
  refusal: Refusal | UnknownBillingError | null
  receipt: Receipt | null
  operationKey: OperationKey | null
}

/** The state of the underlying mutation, without its receipt. */
export function billedState({ intents }: HookedTollgate, path: string, mutation: ClickMutation) {
  const { variables, mutate, reset, status, error, failureReason } = mutation
  return {
    submit(input: unknown) {
      mutate({ input, key: intents.keyFor(path, input) })
      return keptIn(input)
    },
    again() {
      if (variables) mutate(variables)
    },
    reset,
    status,
    input: variables?.input,
    error,
    refusal: billingErrorOf(error ?? failureReason),
    operationKey: variables?.key ?? null,
  }
}
