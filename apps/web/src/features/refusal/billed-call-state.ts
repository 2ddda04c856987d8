import type { BilledState } from '@tollgate/client/react'

/** A billed call as far as every page sees it, whether it answers at once or piece by piece. */
export type BilledCallState = Pick<
  BilledState<unknown>,
  'status' | 'error' | 'refusal' | 'operationKey' | 'again'
>
