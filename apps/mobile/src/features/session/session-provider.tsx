import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import { serverUrl } from '../../config.ts'
import { createSessionApi, type Credentials } from './session-api.ts'
import type { Session } from './session.ts'
// Without an ending, so that the bundler may take the platform's own file.
import { sessionVault } from './session-vault'

type SessionContextValue = {
  /** `undefined` until the device's vault was read. */
  session: Session | null | undefined
  signInAsGuest(): Promise<void>
  signIn(credentials: Credentials): Promise<void>
  signUp(credentials: Credentials): Promise<void>
  signOut(): Promise<void>
}

const SessionContext = createContext<SessionContextValue | null>(null)

/** Keeps who is signed in, on this device and across restarts. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<Session | null>()
  const api = useMemo(
    () => createSessionApi({ serverUrl: serverUrl(), fetch: globalThis.fetch }),
    [],
  )

  useEffect(() => {
    void sessionVault.read().then(setSession, () => setSession(null))
  }, [])

  async function keep(next: Session): Promise<void> {
    await sessionVault.write(next)
    setSession(next)
  }

  const guest = session?.isGuest ? session : null
  const value: SessionContextValue = {
    session,
    signInAsGuest: async () => keep(await api.signInAsGuest()),
    signIn: async (credentials) => keep(await api.signIn(credentials, guest)),
    signUp: async (credentials) => keep(await api.signUp(credentials, guest)),
    signOut: async () => {
      if (guest) await api.signOut(guest)
      // The device forgets an account even when the server is out of reach; the token then ends by itself.
      else if (session) await api.signOut(session).catch(() => {})
      await sessionVault.forget()
      setSession(null)
    },
  }
  return <SessionContext value={value}>{children}</SessionContext>
}

/** The session and the ways to change it. */
export function useSession(): SessionContextValue {
  const value = use(SessionContext)
  if (!value) throw new Error('useSession needs a SessionProvider above it.')
  return value
}

/** The session of a screen that only a signed-in person can reach. */
export function useSignedIn(): Session {
  const { session } = useSession()
  if (!session) throw new Error('This screen is for signed-in people; guard its route.')
  return session
}
