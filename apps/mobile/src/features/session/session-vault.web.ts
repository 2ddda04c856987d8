import { parseSession, type Session } from './session.ts'

const NAME = 'tollgate.session'

/** Stores the session for one browser tab: a browser has no keychain, and a token must not outlive the visit. */
export const sessionVault = {
  async read(): Promise<Session | null> {
    return parseSession(sessionStorage.getItem(NAME))
  },
  async write(session: Session): Promise<void> {
    sessionStorage.setItem(NAME, JSON.stringify(session))
  },
  async forget(): Promise<void> {
    sessionStorage.removeItem(NAME)
  },
}
