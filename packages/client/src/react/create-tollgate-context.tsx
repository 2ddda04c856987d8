import { QueryClientProvider } from '@tanstack/react-query'
import type { AnyRouter } from '@trpc/server'
import { createContext, type ReactNode, useContext } from 'react'
import type { ReactTollgate } from './create-tollgate.tsx'

/**
 * For an application whose client changes while it runs, for example with the session: components get the current one.
 * @example
 * export const { TollgateProvider, useTollgate } = createTollgateContext<AppRouter>()
 * const draw = useTollgate().useBilled((api) => api.draw)
 */
export function createTollgateContext<Router extends AnyRouter>(): {
  TollgateProvider(props: { tollgate: ReactTollgate<Router>; children: ReactNode }): ReactNode
  /** The client of the nearest provider; throws without one. */
  useTollgate(): ReactTollgate<Router>
} {
  const Context = createContext<ReactTollgate<Router> | null>(null)
  return {
    TollgateProvider: ({ tollgate, children }) => (
      <Context value={tollgate}>
        <QueryClientProvider client={tollgate.queryClient}>{children}</QueryClientProvider>
      </Context>
    ),
    useTollgate() {
      const tollgate = useContext(Context)
      if (tollgate) return tollgate
      throw new Error('Put a <TollgateProvider> above components that call the product.')
    },
  }
}
