import { followBalances } from '@tollgate/client/react'
import { useEffect } from 'react'
import { balanceNews, tollgate } from './tollgate.ts'

/** Keeps this window's balances current while other windows and devices spend. */
export function useLiveBalances(personId: string | undefined): void {
  useEffect(() => {
    if (!personId) return
    const following = followBalances({ tollgate, customerId: personId, locks: navigator.locks })
    balanceNews.add(following.tell)
    return () => {
      balanceNews.delete(following.tell)
      following.stop()
    }
  }, [personId])
}
