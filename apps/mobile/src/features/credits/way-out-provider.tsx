import { createContext, type ReactNode, use, useState } from 'react'
import type { Refusal } from './refusal.ts'

type WayOut = { refusal: Refusal | null; keep(refusal: Refusal | null): void }

const WayOutContext = createContext<WayOut | null>(null)

/** Carries a refusal to its screen. Not by the address: what is sold must come from the server, never from a link. */
export function WayOutProvider({ children }: { children: ReactNode }) {
  const [refusal, keep] = useState<Refusal | null>(null)
  return <WayOutContext value={{ refusal, keep }}>{children}</WayOutContext>
}

/** The refusal that the out-of-credits screen explains. */
export function useWayOut(): WayOut {
  const wayOut = use(WayOutContext)
  if (!wayOut) throw new Error('useWayOut needs a WayOutProvider above it.')
  return wayOut
}
