import { useEffect, useState } from 'react'

const TICK_MS = 1000

/** Whole seconds since the component was mounted. */
export function useElapsed(): number {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const from = Date.now()
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - from) / 1000)), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return seconds
}
