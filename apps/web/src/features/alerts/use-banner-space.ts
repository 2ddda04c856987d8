import { useEffect, useState } from 'react'
import { useEver } from '../../components/use-ever.ts'

const STORED = 'tollgate:banner'

/** Whether to reserve space for a banner while it is unknown whether there is one: yes if there was one last time. */
export function useBannerSpace(options: { isKnown: boolean; isShown: boolean }): boolean {
  const { isKnown, isShown } = options
  const [wasShown] = useState(() => localStorage.getItem(STORED) !== null)
  useEffect(() => {
    if (!isKnown) return
    if (isShown) localStorage.setItem(STORED, 'shown')
    else localStorage.removeItem(STORED)
  }, [isKnown, isShown])
  const wasKnown = useEver(isKnown)
  return wasShown && !wasKnown
}
