import { forgetEnded } from '@tollgate/client'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { Person } from '../features/account/use-session.ts'
import { payer, tollgate } from './tollgate.ts'

/** Makes and records this window's calls on behalf of the account that it shows. */
export function usePayer(person: Person | null | undefined): void {
  const shown = useRef<string | null>(undefined)
  const account = person && (person.organizationId ?? person.customerId)
  const identity = person && `${person.id} ${account}`
  // A layout effect, so that it runs before the account's data is fetched.
  useLayoutEffect(() => {
    if (account === undefined || identity === undefined) return
    payer.account = account
    if (account !== null) payer.owner = account
    // Cached data of another person must not be shown.
    const isOther = shown.current !== undefined && shown.current !== identity
    if (isOther && identity !== null) void tollgate.queryClient.resetQueries()
    shown.current = identity
  }, [account, identity])
  useEffect(() => {
    if (account) void forgetEnded({ tollgate })
  }, [account])
}
