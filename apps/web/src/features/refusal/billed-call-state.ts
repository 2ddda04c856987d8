import type { BilledState } from '@tollgate/client/react'

/** The part of a billed call's state that every page needs, streamed or not. */
export type BilledCallState = Pick<
  BilledState<unknown>,
  'status' | 'error' | 'refusal' | 'operationKey' | 'again'
>
