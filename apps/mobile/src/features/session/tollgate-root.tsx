import { createIntentStore } from '@tollgate/client'
import type { AppRouter } from '@tollgate/api'
import { createTollgate } from '@tollgate/client/react'
import { type ReactNode, useEffect, useState } from 'react'
import { Platform } from 'react-native'
import { serverUrl } from '../../config.ts'
import { TollgateProvider } from '../../connection/tollgate-context.ts'
import { trpc } from '../../connection/trpc.ts'
import { followDevice } from '../intents/follow-device.ts'
// Without an ending, so that the bundler may take the platform's own file.
import { intentStorage } from '../intents/intent-storage'
import { ReplayProvider } from '../intents/replay-provider.tsx'
import type { Session } from './session.ts'

/** Gives the screens the product's procedures in the name of one session; a new session gets an empty cache. */
export function TollgateRoot({ session, children }: { session: Session; children: ReactNode }) {
  const [tollgate] = useState(() => connect(session))
  useEffect(followDevice, [])
  return (
    <TollgateProvider tollgate={tollgate}>
      <trpc.Provider client={tollgate.client} queryClient={tollgate.queryClient}>
        <ReplayProvider>{children}</ReplayProvider>
      </trpc.Provider>
    </TollgateProvider>
  )
}

function connect(session: Session) {
  return createTollgate<AppRouter>({
    url: `${serverUrl()}/trpc`,
    streams: { 'text.summarize': true },
    platform: Platform.OS,
    getToken: () => session.token,
    // A phone's network layer keeps cookies by itself; the token alone says who is calling.
    fetch: (input, init) => fetch(input, { ...init, credentials: 'omit' }),
    intents: createIntentStore({ storage: intentStorage, owner: session.customerId }),
  })
}
