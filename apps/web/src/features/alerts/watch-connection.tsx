import type { ReactNode } from 'react'
import { StaleSince } from '../../connection/stale-since.ts'
import { trpc } from '../../connection/trpc.ts'
import { useOnline } from '../../connection/use-online.ts'
import { useReconnecting } from './use-reconnecting.ts'

/** Provides the time of the last balances to all components below while the network or server is unreachable. */
export function WatchConnection(props: { connected: boolean; children: ReactNode }) {
  const online = useOnline()
  const reconnecting = useReconnecting(props.connected)
  const { dataUpdatedAt } = trpc.billing.balance.useQuery()
  const isStale = (reconnecting || !online) && dataUpdatedAt > 0
  return (
    <StaleSince value={isStale ? new Date(dataUpdatedAt).toISOString() : null}>
      {props.children}
    </StaleSince>
  )
}
