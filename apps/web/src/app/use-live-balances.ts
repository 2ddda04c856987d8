import { followBalances } from '@tollgate/client/react'
import { useEffect, useState } from 'react'
import { trpc } from '../connection/trpc.ts'
import { tollgate } from './tollgate.ts'

/** Keeps this window's balances and alerts current while other windows and devices spend; `connected` is whether pushes arrive now. */
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
