import type { BillingError } from '@tollgate/contract'
import { useMutation } from '@tanstack/react-query'
import { type BilledState, billedState } from './billed-state.ts'
import { callOptions, type Click, clickOptions, type HookedTollgate } from './click.ts'

/** A billed procedure as a form uses it. */
export type BilledMutation<Input, Output, Refusal = BillingError> = BilledState<Input, Refusal> & {
  output: Output | undefined
}

/** Calls the billed procedure at a path so that one click is charged at most once. */
export function useBilled(
  tollgate: HookedTollgate,
  path: string,
): Omit<BilledMutation<unknown, unknown>, 'submit'> & { submit(input: unknown): string } {
  const { untyped, queryClient, receiptOf } = tollgate
  const mutation = useMutation<unknown, unknown, Click>(
    {
      ...clickOptions(tollgate, path),
      mutationFn: ({ input, key }) => untyped.mutation(path, input, callOptions(key)),
    },
    queryClient,
  )
  const { data, isSuccess, variables } = mutation
  return {
    ...billedState(tollgate, path, mutation),
    output: data,
    receipt: variables && isSuccess ? receiptOf(variables.key) : null,
  }
}
