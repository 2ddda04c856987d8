import { useEffect, useState } from 'react'

/** A countdown of the seconds until a moment; restarts when `from` changes. */
export function useCountdown(milliseconds: number, from: unknown): number {
  const [left, setLeft] = useState(Math.ceil(milliseconds / 1000))
  useEffect(() => {
    const endsAt = Date.now() + milliseconds
    const timer = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000))
      setLeft(seconds)
      if (seconds === 0) clearInterval(timer)
    }, 250)
    return () => clearInterval(timer)
  }, [milliseconds, from])
  return left
}
