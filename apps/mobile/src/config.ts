import Constants from 'expo-constants'
import { Platform } from 'react-native'

/** The server's port when nothing else is said. */
const SERVER_PORT = 3000

/** Where the server answers: `EXPO_PUBLIC_SERVER_URL`, or in development the machine that serves the app. */
export function serverUrl(): string {
  // Expo replaces this very expression when it bundles; a destructured one would stay empty.
  const configured = process.env.EXPO_PUBLIC_SERVER_URL
  if (configured) return configured.replace(/\/$/, '')
  if (Platform.OS === 'web') return window.location.origin
  const developmentHost = Constants.expoConfig?.hostUri?.split(':')[0]
  return `http://${developmentHost ?? '127.0.0.1'}:${SERVER_PORT}`
}
