import { useState } from 'react'

/** Whether a condition has held since the component is there: what was loaded once is not hidden while it is read again. */
export function useEver(condition: boolean): boolean {
  const [ever, setEver] = useState(condition)
  if (condition && !ever) setEver(true)
  return ever || condition
}
