import type { BillingError, OperationKey, Receipt } from '@tollgate/contract'
import type { UseMutationResult } from '@tanstack/react-query'
import { billingErrorOf, type UnknownBillingError } from '../billing-error-of.ts'
import { takeOperationKey, withOperationKey } from '../operation-key.ts'
import { useTollgate } from './tollgate-provider.tsx'

/** A billed procedure as a form uses it. */
export type BilledMutation<Input, Output> = {
  /** One intent: its key is made here, once, and stays the same however often it is sent. */
  submit(input: Input): void
  /** Sends the last intent once more, under its own key. */
  again(): void
  reset(): void
  status: 'idle' | 'pending' | 'error' | 'success'
  input: Input | undefined
  output: Output | undefined
  error: unknown
  /** Billing's answer instead of a result; also while a retry is waiting. */
  refusal: BillingError | UnknownBillingError | null
  receipt: Receipt | null
  operationKey: OperationKey | null
  /** Failed tries of the running submit. */
  failures: number
}

/**
 * Calls a billed procedure so that one click is charged at most once.
 * @example const generate = useBilledMutation(trpc.images.generate)
 */
export function useBilledMutation<Input extends object, Output>(
  procedure: MutationProcedure<Input, Output>,
): BilledMutation<Input, Output> {
  const tollgate = useTollgate()
  const mutation = procedure.useMutation()
  const { path } = mutation.trpc
  const { key } = takeOperationKey(mutation.variables)

  return {
    submit: (input) =>
      mutation.mutate(withOperationKey(input, tollgate.intents.keyFor(path, input))),
    again: () => {
      if (mutation.variables) mutation.mutate(mutation.variables)
    },
    reset: mutation.reset,
    status: mutation.status,
    input: mutation.variables,
    output: mutation.data,
    error: mutation.error,
    refusal: billingErrorOf(mutation.error ?? mutation.failureReason),
    receipt: key && mutation.isSuccess ? tollgate.receiptOf(key) : null,
    operationKey: key,
    failures: mutation.failureCount,
  }
}

type MutationProcedure<Input, Output> = {
  useMutation(): UseMutationResult<Output, unknown, Input> & { trpc: { path: string } }
}
