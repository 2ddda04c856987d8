import { useEffect, useRef } from 'react'
import type { Person } from '../features/account/use-session.ts'
import { onSwitch } from '../features/team/switch-signal.ts'

/** Starts afresh when another window of this browser has begun to act for another customer, which this session then does as well. */
export function useReloadOnSwitch(person: Person | null | undefined): void {
  const acting = useRef<string | null>(undefined)
  const organizationId = person?.organizationId
  useEffect(() => {
    if (organizationId === undefined) return
    if (acting.current !== undefined && acting.current !== organizationId) location.reload()
    acting.current = organizationId
  }, [organizationId])
  // What a window that missed the signal reads of its session when it is looked at again is the second way.
  useEffect(() => onSwitch(() => location.reload()), [])
}
