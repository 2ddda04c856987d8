import { createTollgate, TollgateProvider } from '@tollgate/client/react'
import { type ReactNode, useEffect, useState } from 'react'
import { Platform } from 'react-native'
import { serverUrl } from '../../config.ts'
// Without an ending, so that the bundler may take the platform's own file.
import { intentStorage } from '../intents/intent-storage'
import { followDevice } from '../intents/follow-device.ts'
import type { Session } from './session.ts'

/** Gives the screens the product's procedures in the name of one session; a new session gets an empty cache. */
export function TollgateRoot({ session, children }: { session: Session; children: ReactNode }) {
  const [tollgate] = useState(() =>
    createTollgate({
      url: `${serverUrl()}/trpc`,
      platform: Platform.OS,
      getToken: () => session.token,
      fetch: (input, init) => fetch(input, { ...init, credentials: 'omit' }),
      intentStorage,
    }),
  )
  useEffect(followDevice, [])
  return <TollgateProvider tollgate={tollgate}>{children}</TollgateProvider>
}
