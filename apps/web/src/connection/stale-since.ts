import { createContext, useContext } from 'react'

/** When the balances on screen were fetched, while the server is unreachable; null while they are current. */
export const StaleSince = createContext<string | null>(null)

/** Since when the balances on screen may be out of date; null while they are current. */
export function useStaleSince(): string | null {
  return useContext(StaleSince)
}
