import { followBalances } from '@tollgate/client/react'
import { useEffect } from 'react'
import { tollgate } from './tollgate.ts'

/** Keeps this window's balances current while other windows and devices spend. */
export function useLiveBalances(personId: string | undefined): void {
  useEffect(() => {
    if (!personId) return
    const following = followBalances({ tollgate, customerId: personId, locks: navigator.locks })
    const stopTelling = tollgate.onBalances(following.tell)
    return () => {
      stopTelling()
      following.stop()
    }
  }, [personId])
}
