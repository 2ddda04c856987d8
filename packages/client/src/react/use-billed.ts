import type { BillingError, OperationKey, Receipt } from '@tollgate/contract'
import { useMutation } from '@tanstack/react-query'
import { billingErrorOf, type UnknownBillingError } from '../billing-error-of.ts'
import { type Kept, keptIn } from '../intents/kept.ts'
import { callOptions, type Click, clickOptions, type HookedTollgate } from './click.ts'

/** A billed procedure as a form uses it. */
export type BilledMutation<Input, Output, Refusal = BillingError> = {
  /**
   * One intent: its key is made here, once, and stays the same however often it is sent. Says where the intent is kept until its
   * outcome is known.
   */
  submit(input: Input): Kept<Input>
  /** Sends the last intent once more, under its own key. */
  again(): void
  reset(): void
  status: 'idle' | 'pending' | 'error' | 'success'
  input: Input | undefined
  output: Output | undefined
  error: unknown
  /** Billing's answer instead of a result; also while a retry is waiting. */
  refusal: Refusal | UnknownBillingError | null
  receipt: Receipt | null
  operationKey: OperationKey | null
  /** Failed tries of the running submit. */
  failures: number
}

/** Calls the billed procedure at a path so that one click is charged at most once. */
export function useBilled(
  tollgate: HookedTollgate,
  path: string,
): Omit<BilledMutation<unknown, unknown>, 'submit'> & { submit(input: unknown): string } {
  const { untyped, intents, queryClient, receiptOf } = tollgate
  const mutation = useMutation<unknown, unknown, Click>(
    {
      ...clickOptions(tollgate, path),
      mutationFn: ({ input, key }) => untyped.mutation(path, input, callOptions(key)),
    },
    queryClient,
  )
  const { variables } = mutation

  return {
    submit(input) {
      mutation.mutate({ input, key: intents.keyFor(path, input) })
      return keptIn(input)
    },
    again: () => {
      if (variables) mutation.mutate(variables)
    },
    reset: mutation.reset,
    status: mutation.status,
    input: variables?.input,
    output: mutation.data,
    error: mutation.error,
    refusal: billingErrorOf(mutation.error ?? mutation.failureReason),
    receipt: variables && mutation.isSuccess ? receiptOf(variables.key) : null,
    operationKey: variables?.key ?? null,
    failures: mutation.failureCount,
  }
}
