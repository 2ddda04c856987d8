import * as SecureStore from 'expo-secure-store'
import { parseSession, type Session } from './session.ts'

const NAME = 'tollgate.session'

/** Stores the session in the keychain or keystore. */
export const sessionVault = {
  async read(): Promise<Session | null> {
    return parseSession(await SecureStore.getItemAsync(NAME))
  },
  async write(session: Session): Promise<void> {
    await SecureStore.setItemAsync(NAME, JSON.stringify(session))
  },
  async forget(): Promise<void> {
    await SecureStore.deleteItemAsync(NAME)
  },
}
