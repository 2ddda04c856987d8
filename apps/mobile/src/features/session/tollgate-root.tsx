import { createIntentStore } from '@tollgate/client'
import { createTollgate, TollgateProvider } from '@tollgate/client/react'
import { type ReactNode, useEffect, useState } from 'react'
import { Platform } from 'react-native'
import { serverUrl } from '../../config.ts'
import { followDevice } from '../intents/follow-device.ts'
// Without an ending, so that the bundler may take the platform's own file.
import { intentStorage } from '../intents/intent-storage'
import { ReplayProvider } from '../intents/replay-provider.tsx'
import type { Session } from './session.ts'

/** Gives the screens the product's procedures in the name of one session; a new session gets an empty cache. */
export function TollgateRoot({ session, children }: { session: Session; children: ReactNode }) {
  const [{ tollgate, intents }] = useState(() => connect(session))
  useEffect(followDevice, [])
  return (
    <TollgateProvider tollgate={tollgate}>
      <ReplayProvider store={intents}>{children}</ReplayProvider>
    </TollgateProvider>
  )
}

function connect(session: Session) {
  const intents = createIntentStore({ storage: intentStorage, owner: session.customerId })
  const tollgate = createTollgate({
    url: `${serverUrl()}/trpc`,
    platform: Platform.OS,
    getToken: () => session.token,
    // A phone's network layer keeps cookies by itself; the token alone says who is calling.
    fetch: (input, init) => fetch(input, { ...init, credentials: 'omit' }),
    intents,
  })
  return { tollgate, intents }
}
