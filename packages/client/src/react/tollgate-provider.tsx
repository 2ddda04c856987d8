import { QueryClientProvider } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import type { Tollgate } from './create-tollgate.ts'
import { trpc } from './trpc.ts'

/** Gives every component below it the product's procedures and the billing rules. */
export function TollgateProvider(props: { tollgate: Tollgate; children: ReactNode }) {
  const { tollgate, children } = props
  return (
    <TollgateContext value={tollgate}>
      <trpc.Provider client={tollgate.client} queryClient={tollgate.queryClient}>
        <QueryClientProvider client={tollgate.queryClient}>{children}</QueryClientProvider>
      </trpc.Provider>
    </TollgateContext>
  )
}

/** The app's Tollgate; throws outside a `TollgateProvider`. */
export function useTollgate(): Tollgate {
  const tollgate = useContext(TollgateContext)
  if (!tollgate) throw new Error('Put a <TollgateProvider> above components that call the product.')
  return tollgate
}

const TollgateContext = createContext<Tollgate | null>(null)
