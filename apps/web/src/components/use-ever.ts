import { useState } from 'react'

/** Whether a condition has been true since the component was mounted, so that loaded content stays visible during a refetch. */
export function useEver(condition: boolean): boolean {
  const [ever, setEver] = useState(condition)
  if (condition && !ever) setEver(true)
  return ever || condition
}
