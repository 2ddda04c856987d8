import { followBalances } from '@tollgate/client/react'
import { useEffect, useState } from 'react'
import { authClient } from '../features/account/auth-client.ts'
import { trpc } from '../connection/trpc.ts'
import { tollgate } from './tollgate.ts'

/** Keeps this window's balances and alerts current while other windows and devices spend; `connected` says whether pushes arrive. */
export function useLiveBalances(personId: string | undefined): { connected: boolean } {
  const [connected, setConnected] = useState(true)
  const utils = trpc.useUtils()
  useEffect(() => {
    if (!personId) return
    const { locks } = navigator
    const following = followBalances({
      tollgate,
      customerId: personId,
      locks,
      onConnection: setConnected,
      onOtherChange: () => void utils.alerts.list.invalidate(),
      // Signed out elsewhere, or deleted: refetching the session shows it.
      onSignedOut() {
        authClient.$store.notify('$sessionSignal')
        tollgate.queryClient.clear()
      },
    })
    const stopBroadcasting = tollgate.onBalances(following.broadcast)
    return () => {
      stopBroadcasting()
      following.stop()
      setConnected(true)
    }
  }, [personId, utils])
  return { connected }
}
