import { createIntentStore } from '@tollgate/client'
import type { AppRouter } from '@tollgate/api'
import { createTollgate } from '@tollgate/client/react'
import { type ReactNode, useEffect, useState } from 'react'
import { Platform } from 'react-native'
import { serverUrl } from '../../config.ts'
import { TollgateProvider } from '../../connection/tollgate-context.ts'
import { trpc } from '../../connection/trpc.ts'
import { FollowBalances } from '../balance/follow-balances.tsx'
import { followDevice } from '../intents/follow-device.ts'
// Without a file extension, so that the bundler can pick the platform's file.
import { intentStorage } from '../intents/intent-storage'
import { ReplayProvider } from '../intents/replay-provider.tsx'
import { type ActingSession, payerOf } from './session.ts'

/** Provides the product's procedures for one session and payer; a change of either starts with an empty cache. */
export function TollgateRoot(props: { session: ActingSession; children: ReactNode }) {
  const { session, children } = props
  const [tollgate] = useState(() => connect(session))
  useEffect(followDevice, [])
  return (
    <TollgateProvider tollgate={tollgate}>
      <trpc.Provider client={tollgate.client} queryClient={tollgate.queryClient}>
        <FollowBalances payer={payerOf(session)} />
        <ReplayProvider>{children}</ReplayProvider>
      </trpc.Provider>
    </TollgateProvider>
  )
}

function connect(session: ActingSession) {
  return createTollgate<AppRouter>({
    url: `${serverUrl()}/trpc`,
    streams: { 'text.summarize': true },
    platform: Platform.OS,
    getToken: () => session.token,
    // A phone's network layer stores cookies implicitly; only the token may identify the caller.
    fetch: (input, init) => fetch(input, { ...init, credentials: 'omit' }),
    intents: createIntentStore({ storage: intentStorage, owner: payerOf(session) }),
  })
}
