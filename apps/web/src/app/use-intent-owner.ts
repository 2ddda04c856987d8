import { forgetEnded } from '@tollgate/client'
import { useEffect } from 'react'
import { payer, tollgate } from './tollgate.ts'

/** Records the clicks of this window in the name of the customer who is signed in. */
export function useIntentOwner(customerId: string | undefined): void {
  useEffect(() => {
    if (customerId === undefined) return
    payer.customerId = customerId
    void forgetEnded({ tollgate })
  }, [customerId])
}
