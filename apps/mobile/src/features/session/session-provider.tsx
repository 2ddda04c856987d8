import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react'
import { serverUrl } from '../../config.ts'
import { type AskAuth, createAuthRequest } from './auth-request.ts'
import { type ActingChange, createSessionApi, type Credentials } from './session-api.ts'
import { type ActingSession, isActing, type Session } from './session.ts'
// Without a file extension, so that the bundler can pick the platform's file.
import { sessionVault } from './session-vault'

type SessionContextValue = {
  /** `undefined` until the device's secure storage has been read. */
  session: Session | null | undefined
  askAuth: AskAuth
  signInAsGuest(): Promise<void>
  signIn(credentials: Credentials): Promise<void>
  signUp(credentials: Credentials): Promise<void>
  signOut(): Promise<void>
  /** Switches to another customer; until the server responds, the payer is unknown. */
  switchBy(change: ActingChange): Promise<void>
  /** Reads which account the session acts for after a switch; rejects without a response. */
  settleActing(): Promise<void>
  /** Why the last switch failed. */
  switchError: unknown
}

const SessionContext = createContext<SessionContextValue | null>(null)

/** Stores the session and the account it acts for, on this device and across restarts. */
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
      // The device removes the session even if the server is unreachable; the token then expires by itself.
      else if (session) await api.signOut(session).catch(() => {})
      await forget()
    },
    switchBy: async (change) => {
      if (!session) return
      setSwitchError(null)
      wanted.current = change
      // Stored before the request: if the app is closed now, the next start determines the customer.
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

/** The session, and the functions that change it. */
export function useSession(): SessionContextValue {
  const value = use(SessionContext)
  if (!value) throw new Error('useSession needs a SessionProvider above it.')
  return value
}

/** The session of a screen that requires a signed-in user. */
export function useSignedIn(): ActingSession {
  const { session } = useSession()
  if (!session || !isActing(session)) {
    throw new Error('This screen is for signed-in people; guard its route.')
  }
  return session
}
