import { followBalances } from '@tollgate/client/react'
import { useEffect, useState } from 'react'
import { tollgate } from './tollgate.ts'

/** Keeps this window's balances current while other windows and devices spend; says whether it hears of them now. */
export function useLiveBalances(personId: string | undefined): { connected: boolean } {
  const [connected, setConnected] = useState(true)
  useEffect(() => {
    if (!personId) return
    const { locks } = navigator
    const following = followBalances({
      tollgate,
      customerId: personId,
      locks,
      onConnection: setConnected,
    })
    const stopTelling = tollgate.onBalances(following.tell)
    return () => {
      stopTelling()
      following.stop()
      setConnected(true)
    }
  }, [personId])
  return { connected }
}
