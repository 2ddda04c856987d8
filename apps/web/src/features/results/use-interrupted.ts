import { useEffect, useState } from 'react'
import type { AppRouter } from '@tollgate/api'
import type { BilledPath } from '@tollgate/client'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { trpc } from '../../connection/trpc.ts'

/** How often the server is polled for interrupted work. */
const ASK_MS = 1500

/**
 * Whether a call that this device sent before the page was reloaded is still running; its result is fetched once it is done. The next click
 * on the same draft repeats that call under its key.
 */
export function useInterrupted(path: BilledPath<AppRouter>): boolean {
  const { intents } = useTollgate()
  const utils = trpc.useUtils()
  const [key] = useState(
    () => intents.list().findLast((one) => one.path === path && !intents.isInFlight(one.key))?.key,
  )
  const { data: operation } = trpc.billing.operation.useQuery(
    { key: key ?? '' },
    {
      enabled: key !== undefined,
      refetchInterval: ({ state }) => (state.data?.state === 'executing' ? ASK_MS : false),
    },
  )
  const state = operation?.state
  useEffect(() => {
    if (state === 'settled') void utils.billing.results.invalidate()
  }, [state, utils])
  return state === 'executing'
}
