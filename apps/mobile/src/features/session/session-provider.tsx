import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react'
import { serverUrl } from '../../config.ts'
import { type AskAuth, createAuthRequest } from './auth-request.ts'
import { type ActingChange, createSessionApi, type Credentials } from './session-api.ts'
import { type ActingSession, isActing, type Session } from './session.ts'
// Without an ending, so that the bundler may take the platform's own file.
import { sessionVault } from './session-vault'

type SessionContextValue = {
  /** `undefined` until the device's vault was read. */
  session: Session | null | undefined
  askAuth: AskAuth
  signInAsGuest(): Promise<void>
  signIn(credentials: Credentials): Promise<void>
  signUp(credentials: Credentials): Promise<void>
  signOut(): Promise<void>
  /** Begins to act for another customer; until the server answers it is not known who pays. */
  switchBy(change: ActingChange): Promise<void>
  /** Finds out whom the session acts for, after the change that was asked for; fails without an answer. */
  settleActing(): Promise<void>
  /** Why the last switch did not happen. */
  switchError: unknown
}

const SessionContext = createContext<SessionContextValue | null>(null)

/** Keeps who is signed in and whom it acts for, on this device and across restarts. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<Session | null>()
  const [switchError, setSwitchError] = useState<unknown>(null)
  const wanted = useRef<ActingChange>(null)
  const askAuth = useMemo(
    () => createAuthRequest({ serverUrl: serverUrl(), fetch: globalThis.fetch }),
    [],
  )
  const api = useMemo(() => createSessionApi(askAuth), [askAuth])

  useEffect(() => {
    void sessionVault.read().then(setSession, () => setSession(null))
  }, [])

  const guest = session?.isGuest ? session : null
  const value: SessionContextValue = {
    session,
    askAuth,
    switchError,
    signInAsGuest: async () => keep(await api.signInAsGuest()),
    signIn: async (credentials) => keep(await api.signIn(credentials, guest)),
    signUp: async (credentials) => keep(await api.signUp(credentials, guest)),
    signOut: async () => {
      if (guest) await api.signOut(guest)
      // The device forgets an account even when the server is out of reach; the token then ends by itself.
      else if (session) await api.signOut(session).catch(() => {})
      await forget()
    },
    switchBy: async (change) => {
      if (!session) return
      setSwitchError(null)
      wanted.current = change
      // Kept before it is asked for: should the app end now, the next start asks which customer it is.
      await keep({ ...session, acting: null })
    },
    settleActing: async () => {
      if (session) await settle(session)
    },
  }
  return <SessionContext value={value}>{children}</SessionContext>

  async function settle(unsettled: Session): Promise<void> {
    const { current: change } = wanted
    wanted.current = null
    if (change) await api.changeActing(unsettled, change).catch(setSwitchError)
    const acting = await api.readActing(unsettled)
    if (acting) await keep({ ...unsettled, acting })
    else await forget()
  }

  async function keep(next: Session): Promise<void> {
    await sessionVault.write(next)
    setSession(next)
  }

  async function forget(): Promise<void> {
    await sessionVault.forget()
    setSession(null)
  }
}

/** The session and the ways to change it. */
export function useSession(): SessionContextValue {
  const value = use(SessionContext)
  if (!value) throw new Error('useSession needs a SessionProvider above it.')
  return value
}

/** The session of a screen that only a signed-in person can reach. */
export function useSignedIn(): ActingSession {
  const { session } = useSession()
  if (!session || !isActing(session)) {
    throw new Error('This screen is for signed-in people; guard its route.')
  }
  return session
}
