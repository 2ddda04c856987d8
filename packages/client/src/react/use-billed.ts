import type { BillingError } from '@tollgate/contract'
import { type BilledState, billedState } from './billed-state.ts'
import { callOptions, type FormTollgate } from './click.ts'
import { useClickMutation } from './use-click-mutation.ts'

/** A billed procedure as a form uses it. */
export type BilledMutation<Input, Output, Refusal = BillingError> = BilledState<Input, Refusal> & {
  output: Output | undefined
}

/** Calls the billed procedure at a path so that one click is charged at most once. */
export function useBilled(
  tollgate: FormTollgate,
  path: string,
): Omit<BilledMutation<unknown, unknown>, 'submit'> & { submit(input: unknown): string } {
  const { untyped, receiptOf } = tollgate
  const mutation = useClickMutation(tollgate, path, ({ input, key }) =>
    untyped.mutation(path, input, callOptions(key)),
  )
  const { data, status, variables } = mutation
  return {
    ...billedState(tollgate, path, mutation),
    output: data,
    receipt: variables && status === 'success' ? receiptOf(variables.key) : null,
  }
}
