import type { SpendCap } from '@tollgate/contract'
import { useSpendCaps } from './use-spend-caps.ts'

/** The target of "Raise the limit". */
const ADDRESS = '#spending'

/** The meter whose cap the URL asks for: the most used one; null without such a URL. */
export function useSoughtCap(meters: readonly string[]): string | null {
  const { caps } = useSpendCaps()
  if (!caps || location.hash !== ADDRESS) return null
  const [fullest] = caps.toSorted((one, other) => shareOf(other) - shareOf(one))
  return fullest?.meter ?? meters[0] ?? null
}

/** A cap of 0 is always used up. */
function shareOf({ spent, cap }: SpendCap): number {
  return cap === 0 ? Number.POSITIVE_INFINITY : spent / cap
}
