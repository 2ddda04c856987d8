import { useEffect, useState } from 'react'

/** A shorter interruption is not worth mentioning. */
const GRACE_MS = 1500

/** Whether the connection has been lost for long enough that numbers may be out of date. */
export function useReconnecting(connected: boolean): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (connected) return
    const timer = setTimeout(() => setLate(true), GRACE_MS)
    return () => {
      clearTimeout(timer)
      setLate(false)
    }
  }, [connected])
  return late
}
