import { createContext, type ReactNode, use, useState } from 'react'
import type { Refusal } from './refusal.ts'

type ShownRefusal = { refusal: Refusal | null; keep(refusal: Refusal | null): void }

const RefusalContext = createContext<ShownRefusal | null>(null)

/** Passes a refusal to its screen. Not through the URL: what is for sale must come from the server, never from a link. */
export function RefusalProvider({ children }: { children: ReactNode }) {
  const [refusal, keep] = useState<Refusal | null>(null)
  return <RefusalContext value={{ refusal, keep }}>{children}</RefusalContext>
}

/** The refusal that the out-of-credits screen explains. */
export function useRefusal(): ShownRefusal {
  const shown = use(RefusalContext)
  if (!shown) throw new Error('useRefusal needs a RefusalProvider above it.')
  return shown
}
