import type { AppRouter } from '@tollgate/api'
import type { ReactTollgate } from '@tollgate/client/react'
import type { ReactNode } from 'react'
import { TollgateProvider } from './tollgate-context.ts'
import { trpc } from './trpc.ts'

/** Provides the product's procedures to all components below. */
export function Connection(props: { tollgate: ReactTollgate<AppRouter>; children: ReactNode }) {
  const { tollgate, children } = props
  return (
    <TollgateProvider tollgate={tollgate}>
      <trpc.Provider client={tollgate.client} queryClient={tollgate.queryClient}>
        {children}
      </trpc.Provider>
    </TollgateProvider>
  )
}
