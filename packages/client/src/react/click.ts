import { isOperationKey, type OperationKey } from '@tollgate/contract'
import type { QueryClient } from '@tanstack/react-query'
import type { Operation } from '@trpc/client'
import { intent } from '../operation-key.ts'
import type { TollgateCore } from '../tollgate-core.ts'
import { invalidateBalances } from './balance-cache.ts'
import { RETRY } from './create-query-client.ts'
import type { StreamStore } from './stream-store.ts'

/** The variables of a billed mutation: the input, and the key of the intent. */
export type Click = { input: unknown; key: OperationKey }

/** What the hooks need. */
export type HookedTollgate = TollgateCore & { queryClient: QueryClient }

/** What the hooks of billed procedures need. */
export type FormTollgate = HookedTollgate & {
  streams: StreamStore
  /** By path, the click that was in flight when its form was unmounted. */
  leftClicks: Map<string, OperationKey>
}

/** A mutation for clicks: retried by the policy under one key, settled in the intent store whatever its outcome. */
export function clickOptions({ intents, queryClient }: HookedTollgate, path: string) {
  return {
    ...RETRY,
    mutationKey: [path.split('.')],
    onSettled(_answer: unknown, error: unknown, { key }: Click) {
      intents.settle({ key, error })
      invalidateBalances(queryClient)
    },
  }
}

/** The options of a click's call, which the query client retries, not a link. */
export function callOptions(key: OperationKey) {
  return { context: { ...intent(key).context, [RETRIED_ABOVE]: true } }
}

/** Whether the query client retries a call. */
export function isRetriedAbove({ context }: Operation): boolean {
  return RETRIED_ABOVE in context
}

const RETRIED_ABOVE = 'retriedAbove'

/** Whether a mutation's variables are those of a click. */
export function isClick(variables: unknown): variables is Click {
  if (typeof variables !== 'object' || variables === null) return false
  if (!('input' in variables && 'key' in variables)) return false
  return typeof variables.key === 'string' && isOperationKey(variables.key)
}
